package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine must do, and do alike. Each test works in a partition of its own, so an engine may be shared. */
public abstract class StoreConformance {

    private static final AtomicInteger PARTITIONS = new AtomicInteger();

    private final String partition = "conformance#" + PARTITIONS.incrementAndGet();

    protected Store store = new MemoryStore();

    /** The engine under test. Every call opens the same data. */
    protected abstract Store open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected final Key key(String sort) {
        return Key.state(partition, sort);
    }

    // What is written is read back.

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(store.get(key("nothing"))).isEmpty();
        assertThat(store.getAll(List.of(key("nothing"), key("nor this")))).isEmpty();
        assertThat(store.getAll(List.of())).isEmpty();
        assertThat(store.query(Query.all(Table.STATE, partition))).isEmpty();
    }

    @Test
    void everyKindOfValueReadsBackAsItWasWritten() {
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        Item item = Item.at(key("values"))
                .with("text", "해태 ≤ 😀 \u0000 end ")
                .with("emptyText", "")
                .with("zero", 0)
                .with("lowest", Long.MIN_VALUE)
                .with("highest", Long.MAX_VALUE)
                .with("true", true)
                .with("false", false)
                .with("bytes", everyByte)
                .with("noBytes", new byte[0])
                .with("해태", "a name beyond ASCII")
                .build();
        committed(Action.put(item));
        assertThat(store.get(item.key())).contains(item);
        assertThat(store.getAll(List.of(item.key()))).containsExactly(item);
        assertThat(store.query(Query.all(Table.STATE, partition))).containsExactly(item);
    }

    @Test
    void anItemNeedsNoAttributes() {
        Item bare = Item.at(key("bare")).build();
        committed(Action.put(bare));
        assertThat(store.get(bare.key())).contains(bare);
    }

    @Test
    void decimalsAreKeptInOneForm() {
        committed(Action.put(
                Item.at(key("d")).with("price", new BigDecimal("1.500E+3")).build()));
        assertThat(store.get(key("d")).orElseThrow().text("price")).isEqualTo("1500");
    }

    @Test
    void aPutReplacesTheWholeItem() {
        committed(Action.put(Item.at(key("a")).with("old", 1).with("both", 1).build()));
        Item next = Item.at(key("a")).with("both", 2).build();
        committed(Action.put(next));
        assertThat(store.get(key("a"))).contains(next);
    }

    @Test
    void theTablesAreApart() {
        Item state = Item.at(Key.state(partition, "same")).with("in", "state").build();
        Item market =
                Item.at(Key.market(partition, "same")).with("in", "market").build();
        committed(Action.put(state), Action.put(market));
        assertThat(store.getAll(List.of(market.key(), state.key()))).containsExactly(market, state);
        committed(Action.delete(market.key()));
        assertThat(store.get(state.key())).contains(state);
        assertThat(store.get(market.key())).isEmpty();
    }

    @Test
    void whatIsDeletedIsGoneAndDeletingAgainIsNoError() {
        committed(Action.put(numbered("a", 1)));
        committed(Action.delete(key("a")));
        assertThat(store.get(key("a"))).isEmpty();
        committed(Action.delete(key("a")));
    }

    @Test
    void aTransactionOfNothingIsCommitted() {
        assertThat(store.commit(List.of())).isEqualTo(new Outcome.Committed());
    }

    @Test
    void reopeningFindsEverything() throws Exception {
        Item item = numbered("kept", 7);
        committed(Action.put(item));
        store.close();
        store = open();
        assertThat(store.get(item.key())).contains(item);
    }

    // Conditions, alone and in a transaction.

    @Test
    void absentAndPresentAskForTheItem() {
        refused(0, Optional.empty(), Action.put(numbered("a", 1), Condition.present()));
        committed(Action.put(numbered("a", 1), Condition.absent()));
        refused(0, Optional.of(numbered("a", 1)), Action.put(numbered("a", 2), Condition.absent()));
        committed(Action.put(numbered("a", 3), Condition.present()));
        assertThat(store.get(key("a"))).contains(numbered("a", 3));
    }

    @Test
    void theVersionMustBeTheOneGiven() {
        Item first = Item.at(key("v")).with("version", 1).build();
        Item second = Item.at(key("v")).with("version", 2).build();
        refused(0, Optional.empty(), Action.put(first, Condition.versionIs(0)));
        committed(Action.put(first));
        committed(Action.put(second, Condition.versionIs(1)));
        refused(0, Optional.of(second), Action.put(first, Condition.versionIs(1)));
        committed(Action.put(Item.at(key("v")).with("version", "2").build()));
        refused(
                0,
                Optional.of(Item.at(key("v")).with("version", "2").build()),
                Action.put(first, Condition.versionIs(2)));
    }

    @Test
    void anAttributeMustEqualWhatIsGiven() {
        Item item = Item.at(key("e"))
                .with("text", "one")
                .with("whole", 1)
                .with("flag", true)
                .with("bytes", new byte[] {1})
                .build();
        committed(Action.put(item));
        for (Condition holds : List.of(
                Condition.equalTo("text", Value.of("one")),
                Condition.equalTo("whole", Value.of(1)),
                Condition.equalTo("flag", Value.of(true)),
                Condition.equalTo("bytes", Value.of(new byte[] {1})),
                Condition.equalToOrAbsent("text", Value.of("one")),
                Condition.equalToOrAbsent("other", Value.of("any")),
                Condition.anything())) {
            assertThat(store.commit(List.of(Action.put(item, holds))))
                    .as("%s", holds)
                    .isInstanceOf(Outcome.Committed.class);
            assertThat(store.commit(List.of(Action.check(item.key(), holds))))
                    .as("%s", holds)
                    .isInstanceOf(Outcome.Committed.class);
        }
        for (Condition fails : List.of(
                Condition.equalTo("text", Value.of("two")),
                Condition.equalTo("text", Value.of(1)),
                Condition.equalTo("whole", Value.of("1")),
                Condition.equalTo("flag", Value.of(false)),
                Condition.equalTo("bytes", Value.of(new byte[] {1, 2})),
                Condition.equalTo("other", Value.of("any")),
                Condition.equalToOrAbsent("text", Value.of("two")))) {
            refused(0, Optional.of(item), Action.put(item, fails));
            refused(0, Optional.of(item), Action.delete(item.key(), fails));
            refused(0, Optional.of(item), Action.check(item.key(), fails));
        }
        committed(Action.check(key("missing"), Condition.equalToOrAbsent("text", Value.of("x"))));
        refused(0, Optional.empty(), Action.check(key("missing"), Condition.equalTo("text", Value.of("x"))));
    }

    @Test
    void anAttributeMustBeAtMostWhatIsGiven() {
        Item item = Item.at(key("m")).with("whole", 5).with("text", "5").build();
        committed(Action.put(item));
        committed(Action.check(item.key(), Condition.atMost("whole", 5)));
        committed(Action.check(item.key(), Condition.atMostOrAbsent("whole", 6)));
        committed(Action.check(item.key(), Condition.atMostOrAbsent("other", 0)));
        committed(Action.check(key("missing"), Condition.atMostOrAbsent("whole", 0)));
        refused(0, Optional.of(item), Action.check(item.key(), Condition.atMost("whole", 4)));
        refused(0, Optional.of(item), Action.check(item.key(), Condition.atMostOrAbsent("whole", 4)));
        refused(0, Optional.of(item), Action.check(item.key(), Condition.atMost("text", 9)));
        refused(0, Optional.of(item), Action.check(item.key(), Condition.atMostOrAbsent("text", 9)));
        refused(0, Optional.of(item), Action.check(item.key(), Condition.atMost("other", 9)));
        refused(0, Optional.empty(), Action.check(key("missing"), Condition.atMost("whole", 9)));
    }

    @Test
    void allConditionsOfAnActionMustHold() {
        Item item = Item.at(key("c")).with("version", 1).with("state", "ACTIVE").build();
        committed(Action.put(item));
        Condition active = Condition.equalTo("state", Value.of("ACTIVE"));
        committed(Action.check(item.key(), Condition.versionIs(1), active));
        refused(0, Optional.of(item), Action.check(item.key(), Condition.versionIs(2), active));
        refused(0, Optional.of(item), Action.check(item.key(), active, Condition.versionIs(2)));
        committed(Action.delete(item.key(), active, Condition.present()));
        assertThat(store.get(item.key())).isEmpty();
        refused(0, Optional.empty(), Action.delete(item.key(), active, Condition.present()));
    }

    @Test
    void aRefusedTransactionWritesNothingAndNamesItsFirstRefusedAction() {
        committed(Action.put(numbered("standing", 1)), Action.put(numbered("doomed", 1)));
        refused(
                2,
                Optional.of(numbered("standing", 1)),
                Action.put(numbered("new", 1), Condition.absent()),
                Action.delete(key("doomed")),
                Action.put(numbered("standing", 2), Condition.absent()),
                Action.addUpTo(key("sum"), "n", 1, 10),
                Action.check(key("missing"), Condition.present()));
        assertThat(store.query(Query.all(Table.STATE, partition)))
                .containsExactly(numbered("doomed", 1), numbered("standing", 1));
    }

    @Test
    void everyKindOfActionStandsInOneTransaction() {
        committed(Action.put(numbered("doomed", 1)), Action.put(numbered("guard", 1)));
        committed(
                Action.check(key("guard"), Condition.present()),
                Action.put(numbered("new", 1), Condition.absent()),
                Action.delete(key("doomed"), Condition.present()),
                Action.addUpTo(key("sum"), "n", 3, 3),
                Action.check(key("nobody")));
        assertThat(store.query(Query.all(Table.STATE, partition)))
                .containsExactly(numbered("guard", 1), numbered("new", 1), numbered("sum", 3));
    }

    // Adding up to a constant.

    @Test
    void aSumStopsAtItsMaximum() {
        committed(Action.addUpTo(key("sum"), "n", 4, 10));
        committed(Action.addUpTo(key("sum"), "n", 6, 10));
        refused(0, Optional.of(numbered("sum", 10)), Action.addUpTo(key("sum"), "n", 1, 10));
        committed(Action.addUpTo(key("sum"), "n", -3, 10));
        assertThat(store.get(key("sum"))).contains(numbered("sum", 7));
        refused(0, Optional.empty(), Action.addUpTo(key("fresh"), "n", 11, 10));
        assertThat(store.get(key("fresh"))).isEmpty();
        committed(Action.addUpTo(key("fresh"), "n", -5, -5));
        assertThat(store.get(key("fresh"))).contains(numbered("fresh", -5));
    }

    @Test
    void aSumLeavesTheOtherAttributesAndKeepsItsConditions() {
        Item item = Item.at(key("s")).with("n", 1).with("state", "ACTIVE").build();
        committed(Action.put(item));
        Condition active = Condition.equalTo("state", Value.of("ACTIVE"));
        committed(Action.addUpTo(key("s"), "n", 1, 5, active));
        committed(Action.addUpTo(key("s"), "other", 2, 5, active));
        Item summed = Item.at(key("s"))
                .with("n", 2)
                .with("other", 2)
                .with("state", "ACTIVE")
                .build();
        assertThat(store.get(key("s"))).contains(summed);
        refused(
                0,
                Optional.of(summed),
                Action.addUpTo(key("s"), "n", 1, 5, Condition.equalTo("state", Value.of("HALTED"))));
        refused(0, Optional.of(summed), Action.addUpTo(key("s"), "state", 1, 5));
    }

    @Test
    void aSumNeverLeavesTheRangeOfWholeNumbers() {
        committed(Action.put(numbered("high", Long.MAX_VALUE - 1)), Action.put(numbered("low", Long.MIN_VALUE + 1)));
        committed(Action.addUpTo(key("high"), "n", 1, Long.MAX_VALUE), Action.addUpTo(key("low"), "n", -1, 0));
        refused(0, Optional.of(numbered("high", Long.MAX_VALUE)), Action.addUpTo(key("high"), "n", 1, Long.MAX_VALUE));
        refused(0, Optional.of(numbered("low", Long.MIN_VALUE)), Action.addUpTo(key("low"), "n", -1, 0));
        refused(
                0,
                Optional.of(numbered("high", Long.MAX_VALUE)),
                Action.addUpTo(key("high"), "n", Long.MAX_VALUE, Long.MIN_VALUE));
    }

    // Queries.

    @Test
    void sortKeysOrderByTheirUtf8Bytes() {
        // In UTF-16 the pair that stands for 😀 (U+1F600) sorts below U+FF21.
        List<String> ordered =
                List.of(" ", "#1", "#10", "#2", "A", "a", "aa", "é", "해", "해태", "\uFF21", "😀", "😀a", "😁");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.forEach(sort -> committed(Action.put(numbered(sort, 1))));
        assertThat(sorts(Query.all(Table.STATE, partition))).containsExactlyElementsOf(ordered);
        assertThat(sorts(Query.all(Table.STATE, partition).newestFirst()))
                .containsExactlyElementsOf(ordered.reversed());
        assertThat(sorts(Query.prefix(Table.STATE, partition, "#1"))).containsExactly("#1", "#10");
        assertThat(sorts(Query.prefix(Table.STATE, partition, "😀"))).containsExactly("😀", "😀a");
        assertThat(sorts(Query.between(Table.STATE, partition, "\uFF21", "😀"))).containsExactly("\uFF21", "😀");
    }

    @Test
    void aRangeHasBothItsEndsAndALimitCountsFromWhereItStarts() {
        for (int day = 1; day <= 9; day++) {
            committed(Action.put(numbered("2026-01-0" + day, day)));
        }
        committed(Action.put(
                Item.at(Key.state(partition + "!", "2026-01-05")).with("n", 0).build()));
        Query range = Query.between(Table.STATE, partition, "2026-01-03", "2026-01-06");
        assertThat(sorts(range)).containsExactly("2026-01-03", "2026-01-04", "2026-01-05", "2026-01-06");
        assertThat(sorts(range.first(2))).containsExactly("2026-01-03", "2026-01-04");
        assertThat(sorts(range.newestFirst().first(2))).containsExactly("2026-01-06", "2026-01-05");
        assertThat(sorts(range.first(4))).hasSize(4);
        assertThat(sorts(range.first(99))).hasSize(4);
        assertThat(sorts(Query.between(Table.STATE, partition, "2026-01-06", "2026-01-03")))
                .isEmpty();
        assertThat(sorts(Query.between(Table.STATE, partition, "2026-01-04", "2026-01-04")))
                .containsExactly("2026-01-04");
        assertThat(sorts(Query.between(Table.MARKET, partition, "2026-01-03", "2026-01-06")))
                .isEmpty();
    }

    @Test
    void aQueryIsCompleteHoweverLargeThePartition() {
        List<Item> large = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            byte[] chunk = new byte[200_000];
            Arrays.fill(chunk, (byte) i);
            large.add(Item.at(key(numeral(i))).with("chunk", chunk).build());
        }
        large.forEach(item -> committed(Action.put(item)));
        Query all = Query.all(Table.STATE, partition);
        assertThat(store.query(all).equals(large)).isTrue();
        assertThat(store.query(all.newestFirst()).equals(large.reversed())).isTrue();
        assertThat(store.query(all.first(12)).equals(large.subList(0, 12))).isTrue();
    }

    @Test
    void manyKeysAreReadInTheOrderAskedWithoutThoseThatAreNotThere() {
        int items = 230;
        for (int from = 0; from < items; from += 100) {
            store.commit(IntStream.range(from, Math.min(items, from + 100))
                    .<Action>mapToObj(i -> Action.put(numbered(numeral(i), i)))
                    .toList());
        }
        List<Integer> asked =
                new ArrayList<>(IntStream.range(0, items + 20).boxed().toList());
        Collections.shuffle(asked, new Random(2));
        List<Item> expected = asked.stream()
                .filter(i -> i < items)
                .map(i -> numbered(numeral(i), i))
                .toList();
        assertThat(store.getAll(asked.stream().map(i -> key(numeral(i))).toList()))
                .isEqualTo(expected);
        assertThat(store.getAll(List.of(key("0001"), key("0000"), key("0001"))))
                .containsExactly(numbered("0001", 1), numbered("0000", 0), numbered("0001", 1));
    }

    @Test
    void moreThanOneAnswerOfLargeItemsIsReadWhole() {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            byte[] chunk = new byte[350_000];
            Arrays.fill(chunk, (byte) i);
            Key key = Key.market(partition, numeral(i));
            committed(Action.put(Item.at(key).with("chunk", chunk).build()));
            keys.add(key);
        }
        List<Item> found = store.getAll(keys);
        assertThat(found).hasSize(60);
        for (int i = 0; i < 60; i++) {
            assertThat(found.get(i).key()).isEqualTo(keys.get(i));
            assertThat(found.get(i).bytes("chunk")[349_999]).isEqualTo((byte) i);
        }
    }

    // Limits.

    @Test
    void anItemMayBeAsLargeAsTheLimitAndNoLarger() {
        Item largest = sized(key("large"), Limits.MAX_ITEM_BYTES);
        committed(Action.put(largest));
        assertThat(store.get(largest.key())).contains(largest);
        rejected(Action.put(sized(key("large"), Limits.MAX_ITEM_BYTES + 1)));
        committed(Action.put(largest), Action.put(numbered("beside", 1)));
        rejected(Action.put(numbered("beside", 2)), Action.put(sized(key("large"), Limits.MAX_ITEM_BYTES + 1)));
        assertThat(store.get(key("beside"))).contains(numbered("beside", 1));
    }

    @Test
    void aSumThatWouldMakeAnItemTooLargeIsRejected() {
        Item largest = sized(key("large"), Limits.MAX_ITEM_BYTES);
        committed(Action.put(largest));
        rejected(Action.addUpTo(key("large"), "n", 1, 10), Action.put(numbered("beside", 1)));
        assertThat(store.get(key("large"))).contains(largest);
        assertThat(store.get(key("beside"))).isEmpty();
    }

    @Test
    void aTransactionHoldsAHundredActionsAndNoMore() {
        List<Action> hundred = IntStream.range(0, 100)
                .<Action>mapToObj(i -> Action.put(numbered(numeral(i), i)))
                .toList();
        assertThat(store.commit(hundred)).isInstanceOf(Outcome.Committed.class);
        List<Action> more = new ArrayList<>(hundred);
        more.add(Action.delete(key("0100")));
        assertThatIllegalArgumentException().isThrownBy(() -> store.commit(more));
    }

    @Test
    void aTransactionHoldsFourMegabytesAndNoMore() {
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            actions.add(Action.put(sized(key(numeral(i)), 400_000)));
        }
        assertThat(store.commit(actions)).isInstanceOf(Outcome.Committed.class);
        actions.add(Action.put(sized(key("last"), Limits.MAX_TRANSACTION_BYTES - 4_000_000 + 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> store.commit(actions));
        assertThat(store.get(key("last"))).isEmpty();
    }

    @Test
    void keysHaveOneToTheirMostBytes() {
        Key longest = Key.state(
                partition + "p".repeat(Limits.MAX_PARTITION_BYTES - partition.length()),
                "해".repeat(Limits.MAX_SORT_BYTES / 3) + "s");
        committed(Action.put(Item.at(longest).build()));
        assertThat(store.get(longest)).isPresent();
        for (Key wrong : List.of(
                Key.state("", "s"),
                Key.state("p", ""),
                Key.state("p".repeat(Limits.MAX_PARTITION_BYTES + 1), "s"),
                Key.state("p", "해".repeat(Limits.MAX_SORT_BYTES / 3) + "ss"),
                Key.state("p", "line\nbreak"),
                Key.state("p", "\uD83D"))) {
            rejected(Action.put(Item.at(wrong).build()));
            rejected(Action.delete(wrong));
            assertThatIllegalArgumentException().isThrownBy(() -> store.get(wrong));
            assertThatIllegalArgumentException().isThrownBy(() -> store.getAll(List.of(wrong)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> store.query(Query.all(Table.STATE, "")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.query(Query.prefix(Table.STATE, "p", "s".repeat(1024))));
    }

    @Test
    void twoActionsMayNotNameOneItem() {
        rejected(Action.put(numbered("a", 1)), Action.check(key("a"), Condition.absent()));
        rejected(Action.delete(key("a")), Action.delete(key("a")));
        assertThat(store.get(key("a"))).isEmpty();
    }

    @Test
    void namesOfTheEnginesAreReserved() {
        for (String name : List.of("_w", "_", "pk", "sk", "", "n".repeat(256))) {
            rejected(Action.put(Item.at(key("a")).with(name, 1).build()));
            rejected(Action.addUpTo(key("a"), name, 1, 1));
            rejected(Action.check(key("a"), Condition.atMost(name, 1)));
            rejected(Action.check(key("a"), Condition.equalTo(name, Value.of(1))));
        }
        rejected(Action.put(Item.at(key("a")).with("half", "\uDE00").build()));
        committed(Action.put(Item.at(key("a")).with("n".repeat(255), 1).build()));
    }

    // Several writers.

    @Test
    void writersWhoAskForAVersionNeverLoseAnUpdate() throws Exception {
        Key key = key("counter");
        committed(Action.put(Item.at(key).with("version", 0).build()));
        inParallel(4, writer -> {
            for (int done = 0; done < 15; ) {
                long version = store.get(key).orElseThrow().whole("version");
                Outcome outcome = store.commit(List.of(
                        Action.put(Item.at(key).with("version", version + 1).build(), Condition.versionIs(version))));
                if (outcome instanceof Outcome.Committed) {
                    done++;
                } else {
                    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
                }
            }
        });
        assertThat(store.get(key).orElseThrow().whole("version")).isEqualTo(60);
    }

    @Test
    void transactionsThatMeetAreRetriedNotLost() throws Exception {
        inParallel(4, writer -> {
            for (int i = 0; i < 10; i++) {
                committed(
                        Action.addUpTo(key("sum"), "n", 1, 40),
                        Action.put(numbered("writer" + writer + "#" + i, i), Condition.absent()));
            }
        });
        refused(0, Optional.of(numbered("sum", 40)), Action.addUpTo(key("sum"), "n", 1, 40));
        assertThat(sorts(Query.prefix(Table.STATE, partition, "writer"))).hasSize(40);
    }

    @Test
    void onlyOneOfManyPutsIfAbsent() throws Exception {
        AtomicInteger winners = new AtomicInteger();
        inParallel(4, writer -> {
            for (int i = 0; i < 10; i++) {
                Outcome outcome = store.commit(List.of(Action.put(numbered("slot" + i, writer), Condition.absent())));
                if (outcome instanceof Outcome.Committed) {
                    winners.incrementAndGet();
                }
            }
        });
        assertThat(winners).hasValue(10);
    }

    protected final void committed(Action... actions) {
        assertThat(store.commit(List.of(actions))).isEqualTo(new Outcome.Committed());
    }

    protected final void refused(int action, Optional<Item> standing, Action... actions) {
        assertThat(store.commit(List.of(actions))).isEqualTo(new Outcome.Refused(action, standing));
    }

    private void rejected(Action... actions) {
        assertThatIllegalArgumentException().isThrownBy(() -> store.commit(List.of(actions)));
    }

    private List<String> sorts(Query query) {
        return store.query(query).stream().map(item -> item.key().sort()).toList();
    }

    protected final Item numbered(String sort, long n) {
        return Item.at(key(sort)).with("n", n).build();
    }

    private static String numeral(int i) {
        return String.format(Locale.ROOT, "%04d", i);
    }

    /** An item that counts exactly so many bytes. */
    private static Item sized(Key key, int bytes) {
        int rest = bytes - Limits.check(Item.at(key).with("chunk", new byte[0]).build());
        return Item.at(key).with("chunk", new byte[rest]).build();
    }

    private interface Writer {
        void write(int number) throws Exception;
    }

    private static void inParallel(int writers, Writer writer) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int number = 0; number < writers; number++) {
                int which = number;
                tasks.add(() -> {
                    writer.write(which);
                    return null;
                });
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
    }
}
