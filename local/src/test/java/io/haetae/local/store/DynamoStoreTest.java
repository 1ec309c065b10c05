package io.haetae.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.aws.DynamoStore;
import io.haetae.aws.DynamoTables;
import io.haetae.local.dynamodb.DynamoDbLocalProcess;
import io.haetae.store.Action;
import io.haetae.store.Condition;
import io.haetae.store.Item;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.StoreConformance;
import io.haetae.store.StoreUnavailableException;
import io.haetae.store.Table;
import io.haetae.time.SystemTime;
import io.haetae.time.VirtualTime;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoStoreTest extends StoreConformance {

    private static DynamoDbLocalProcess server;

    private final LosingAnswers line = new LosingAnswers();

    @BeforeAll
    static void startServer() throws Exception {
        server = DynamoDbLocalProcess.start(Path.of("target", "dynamodb-local"), 0, new SystemTime());
        try (DynamoDbClient client = server.client()) {
            EngineAt.TABLES.createIn(client);
            EngineAt.TABLES.createIn(client);
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected Store open() {
        return new DynamoStore(server.client(line), EngineAt.TABLES, new SystemTime());
    }

    @Test
    void aPutWhoseAnswerIsLostIsRecognised() {
        line.loseAnswer();
        committed(Action.put(numbered("a", 1), Condition.absent()));
        assertThat(line.isDone()).isTrue();
        assertThat(store.get(key("a"))).contains(numbered("a", 1));
    }

    @Test
    void aPutThatNeverArrivedIsSentAgain() {
        line.loseRequest();
        line.loseRequest();
        committed(Action.put(numbered("a", 1), Condition.absent()));
        assertThat(line.isDone()).isTrue();
        assertThat(store.get(key("a"))).contains(numbered("a", 1));
    }

    @Test
    void aPutWhoseAnswerIsLostAndWhoseItemIsReplacedIsUncertain() {
        line.loseAnswer(() -> asAnother(Action.put(numbered("a", 2))));
        assertThat(store.commit(List.of(Action.put(numbered("a", 1), Condition.absent()))))
                .isInstanceOf(Outcome.Uncertain.class);
        assertThat(store.get(key("a"))).contains(numbered("a", 2));
    }

    @Test
    void aTransactionWhoseAnswerIsLostIsDoneOnce() {
        line.loseAnswer();
        committed(Action.addUpTo(key("sum"), "n", 1, 10), Action.put(numbered("a", 1), Condition.absent()));
        line.loseAnswer();
        committed(Action.addUpTo(key("sum"), "n", 1, 10));
        line.loseRequest();
        committed(Action.addUpTo(key("sum"), "n", 1, 10));
        assertThat(line.isDone()).isTrue();
        assertThat(store.get(key("sum"))).contains(numbered("sum", 3));
    }

    @Test
    void aTransactionWhoseItemsAreReplacedBeforeItsAnswerIsGivenUpIsDoneOnce() {
        line.loseAnswer(() -> asAnother(Action.addUpTo(key("sum"), "n", 10, 100)));
        committed(Action.addUpTo(key("sum"), "n", 1, 100));
        assertThat(store.get(key("sum"))).contains(numbered("sum", 11));
    }

    @Test
    void aRefusedTransactionWhoseAnswerIsLostIsRefused() {
        committed(Action.put(numbered("a", 1)));
        line.loseAnswer();
        refused(
                1,
                Optional.of(numbered("a", 1)),
                Action.put(numbered("b", 1)),
                Action.put(numbered("a", 2), Condition.absent()));
        assertThat(store.get(key("b"))).isEmpty();
    }

    @Test
    void aDeleteWhoseAnswerIsLostIsDone() {
        committed(Action.put(numbered("a", 1)), Action.put(numbered("b", 1)));
        line.loseAnswer();
        committed(Action.delete(key("a")));
        line.loseAnswer();
        committed(Action.delete(key("b"), Condition.present()));
        assertThat(store.query(Query.all(Table.STATE, key("a").partition()))).isEmpty();
    }

    @Test
    void aWriteThatIsLostEveryTimeIsUncertain() {
        for (int i = 0; i < 8; i++) {
            line.loseRequest();
        }
        try (Store patient = new DynamoStore(server.client(line), EngineAt.TABLES, new VirtualTime(Instant.EPOCH))) {
            assertThat(patient.commit(List.of(Action.put(numbered("a", 1))))).isInstanceOf(Outcome.Uncertain.class);
        }
        assertThat(line.isDone()).isTrue();
    }

    @Test
    void theWriteIdStandsOnTheItemAndIsNotPartOfIt() {
        committed(Action.put(numbered("a", 1)));
        try (DynamoDbClient client = server.client()) {
            assertThat(client.scan(scan -> scan.tableName(EngineAt.TABLES.state()))
                            .items())
                    .isNotEmpty()
                    .allSatisfy(item -> assertThat(
                                    Objects.requireNonNull(item.get("_w")).s())
                            .hasSize(36));
        }
        assertThat(store.get(key("a")).orElseThrow().attributes()).containsOnlyKeys("n");
    }

    @Test
    void twoProcessesMayWriteAtOnce() throws Exception {
        String engine = "dynamodb:" + server.endpoint();
        String partition = key("x").partition();
        try (WriterProcess left = WriterProcess.start(engine, partition, "left", 15);
                WriterProcess right = WriterProcess.start(engine, partition, "right", 15)) {
            assertThat(left.awaitEnd()).isZero();
            assertThat(right.awaitEnd()).isZero();
        }
        assertThat(store.get(key("sum"))).contains(numbered("sum", 30));
        assertThat(store.query(Query.all(Table.STATE, partition))).hasSize(61);
    }

    @Test
    void aProcessKilledWhileItWritesLeavesNothingHalfWritten() throws Exception {
        String partition = key("x").partition();
        int reported;
        try (WriterProcess writer =
                WriterProcess.start("dynamodb:" + server.endpoint(), partition, "killed", 1_000_000)) {
            writer.awaitCommitted(10);
            writer.kill();
            reported = Math.max(10, writer.awaitLastReported());
        }
        // What was on its way when the process died may still arrive: read until nothing changes meanwhile.
        List<Item> written;
        Optional<Item> sum;
        do {
            sum = store.get(key("sum"));
            written = store.query(Query.prefix(Table.STATE, partition, "killed"));
        } while (!sum.equals(store.get(key("sum"))));
        assertThat(written.size() % 2).isZero();
        assertThat(written.size() / 2).isBetween(reported, reported + 1);
        assertThat(sum).contains(numbered("sum", written.size() / 2));
    }

    @Test
    void aServerThatIsNotThereIsUnavailableNotEmpty() throws Exception {
        VirtualTime time = new VirtualTime(Instant.EPOCH);
        try (Store nowhere =
                new DynamoStore(DynamoDbLocalProcess.client(URI.create("http://127.0.0.1:1")), EngineAt.TABLES, time)) {
            assertThatThrownBy(() -> nowhere.get(key("a"))).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> nowhere.getAll(List.of(key("a")))).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> nowhere.query(Query.all(Table.STATE, "p")))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(nowhere.commit(List.of(Action.put(numbered("a", 1))))).isInstanceOf(Outcome.Uncertain.class);
        }
        assertThat(time.now()).isBetween(Instant.EPOCH.plusSeconds(1), Instant.EPOCH.plusSeconds(60));
    }

    @Test
    void aTableThatIsNotThereIsUnavailableAtOnce() {
        VirtualTime time = new VirtualTime(Instant.EPOCH);
        try (Store without = new DynamoStore(server.client(), new DynamoTables("no-state", "no-market"), time)) {
            assertThatThrownBy(() -> without.get(key("a"))).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> without.commit(List.of(Action.put(numbered("a", 1)))))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(
                            () -> without.commit(List.of(Action.put(numbered("a", 1)), Action.put(numbered("b", 1)))))
                    .isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(time.now()).isEqualTo(Instant.EPOCH);
    }

    private void asAnother(Action action) {
        try (Store another = new DynamoStore(server.client(), EngineAt.TABLES, new SystemTime())) {
            assertThat(another.commit(List.of(action))).isEqualTo(new Outcome.Committed());
        }
    }
}
