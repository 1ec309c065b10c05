package io.haetae.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.local.dynamodb.DynamoDbLocalProcess;
import io.haetae.store.Action;
import io.haetae.store.Condition;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.Table;
import io.haetae.store.Value;
import io.haetae.time.SystemTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The same transactions, drawn at random, have the same outcomes and leave the same items in all three engines. */
class EnginesAgreeTest {

    private static final List<String> SORTS = List.of("a", "b", "c", "\uFF21", "😀");
    private static final List<String> NAMES = List.of("n", "version", "text");

    @Test
    void anyTransactionEndsAlikeInAllEngines(@TempDir Path folder) throws Exception {
        try (DynamoDbLocalProcess server =
                DynamoDbLocalProcess.start(Path.of("target", "dynamodb-local"), 0, new SystemTime())) {
            try (DynamoDbClient client = server.client()) {
                EngineAt.TABLES.createIn(client);
            }
            try (Store memory = new MemoryStore();
                    Store sqlite = SqliteStore.open(folder.resolve("haetae.db"));
                    Store dynamo = EngineAt.open("dynamodb:" + server.endpoint())) {
                for (long seed = 1; seed <= 4; seed++) {
                    compare(seed, List.of(memory, sqlite, dynamo));
                }
            }
        }
    }

    private static void compare(long seed, List<Store> engines) {
        Random random = new Random(seed);
        String partition = "seed" + seed;
        int refused = 0;
        for (int step = 0; step < 60; step++) {
            List<Action> transaction = transaction(random, partition);
            List<Outcome> outcomes =
                    engines.stream().map(engine -> engine.commit(transaction)).toList();
            assertThat(outcomes)
                    .as("seed %d, step %d: %s", seed, step, transaction)
                    .containsOnly(outcomes.getFirst());
            refused += outcomes.getFirst() instanceof Outcome.Refused ? 1 : 0;
            Query query = query(random, partition);
            List<List<Item>> answers =
                    engines.stream().map(engine -> engine.query(query)).toList();
            assertThat(answers).as("seed %d, step %d: %s", seed, step, query).containsOnly(answers.getFirst());
        }
        assertThat(refused).as("seed %d draws transactions of both kinds", seed).isBetween(8, 52);
    }

    private static List<Action> transaction(Random random, String partition) {
        List<String> free = new ArrayList<>(SORTS);
        List<Action> actions = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            Key key = Key.state(partition, free.remove(random.nextInt(free.size())));
            List<Condition> conditions = new ArrayList<>();
            for (int more = random.nextInt(2); more > 0; more--) {
                conditions.add(condition(random));
            }
            actions.add(
                    switch (random.nextInt(5)) {
                        case 0, 1 -> new Action.Put(item(random, key), conditions);
                        case 2 -> new Action.Delete(key, conditions);
                        case 3 -> new Action.Check(key, conditions);
                        default ->
                            new Action.AddUpTo(
                                    key, name(random), random.nextInt(-3, 4), random.nextInt(-2, 6), conditions);
                    });
        }
        return actions;
    }

    private static Item item(Random random, Key key) {
        Item.Builder item = Item.at(key);
        for (String name : NAMES) {
            switch (random.nextInt(5)) {
                case 0, 1 -> item.with(name, (long) random.nextInt(4));
                case 2 -> item.with(name, Integer.toString(random.nextInt(4)));
                case 3 -> item.with(name, new byte[] {(byte) random.nextInt(4)});
                default -> {}
            }
        }
        return item.with("flag", random.nextBoolean()).build();
    }

    private static Condition condition(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Condition.absent();
            case 1 -> Condition.present();
            case 2 -> Condition.versionIs(random.nextInt(4));
            case 3 -> new Condition.AttributeEquals(name(random), value(random), random.nextBoolean());
            case 4 -> new Condition.AttributeAtMost(name(random), random.nextInt(4), random.nextBoolean());
            default -> Condition.anything();
        };
    }

    private static Value value(Random random) {
        int n = random.nextInt(4);
        return switch (random.nextInt(3)) {
            case 0 -> Value.of(n);
            case 1 -> Value.of(Integer.toString(n));
            default -> Value.of(new byte[] {(byte) n});
        };
    }

    private static Query query(Random random, String partition) {
        Query range = Query.between(
                Table.STATE,
                partition,
                SORTS.get(random.nextInt(SORTS.size())),
                SORTS.get(random.nextInt(SORTS.size())));
        Query limited = (random.nextBoolean() ? range : Query.all(Table.STATE, partition)).first(random.nextInt(4));
        return random.nextBoolean() ? limited : limited.newestFirst();
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}
