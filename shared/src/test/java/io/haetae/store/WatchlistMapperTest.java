package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.event.DomainEvent;
import io.haetae.market.KrxMarket;
import io.haetae.portfolio.Mode;
import io.haetae.score.SampleScores;
import io.haetae.score.ScoreSheet;
import io.haetae.watchlist.Facts;
import io.haetae.watchlist.Marks;
import io.haetae.watchlist.PriceAlert;
import io.haetae.watchlist.Progress;
import io.haetae.watchlist.SaidMarks;
import io.haetae.watchlist.ScoreFigures;
import io.haetae.watchlist.Standpoint;
import io.haetae.watchlist.Watchlist;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.WatchlistEntry.Standing;
import io.haetae.watchlist.WatchlistSnapshot;
import io.haetae.watchlist.Watchlists;
import io.haetae.watchlist.Watchlists.Change;
import io.haetae.watchlist.Watchlists.Owner;
import io.haetae.watchlist.Wish;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchlistMapperTest {

    private static final Owner OWNER = new Owner(Mode.DRY_RUN, "default_user");
    private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);

    private static final Key ENTRY = Key.state("watchlist/DRY_RUN/default_user", "entry/000010");

    private final MemoryStore store = new MemoryStore();
    private final WatchlistMapper watchlists = new WatchlistMapper(store);

    @Test
    void aBrokenEntryIsToldByNameAndTheOthersAreRead() {
        watchlists.save(OWNER, List.of(change(entry("000010", 0, MONDAY)), change(entry("000020", 0, MONDAY))));
        Key key = Key.state("watchlist/DRY_RUN/default_user", "entry/000010");
        store.commit(
                List.of(Action.put(Item.at(key).with("name", "half an entry").build())));

        Watchlists.Listing listing = watchlists.listing(OWNER);

        assertThat(listing.entries()).extracting(WatchlistEntry::symbol).containsExactly("000020");
        assertThat(listing.warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "000010 cannot be read and is left as it is: STATE watchlist/DRY_RUN/default_user/entry/000010");
    }

    @Test
    void anEntryComesBackWithItsVersionAndHistory() {
        WatchlistEntry entry = entry("000010", 0, MONDAY);
        WatchlistSnapshot snapshot = snapshot("000010", MONDAY, 61.5);
        assertThat(watchlists.save(OWNER, List.of(new Change(entry, Optional.of(snapshot), List.of()))))
                .isEmpty();
        assertThat(watchlists.listing(OWNER).entries()).containsExactly(entry("000010", 1, MONDAY));
        assertThat(watchlists.entry(OWNER, "000010")).contains(entry("000010", 1, MONDAY));
        assertThat(watchlists.history(OWNER, "000010")).containsExactly(snapshot);
    }

    @Test
    void anEditMadeMeanwhileIsNotLost() {
        save(entry("000010", 0, MONDAY));
        save(entry("000020", 0, MONDAY));
        save(entry("000010", 1, MONDAY.plusDays(1)));
        assertThat(watchlists.save(
                        OWNER,
                        List.of(
                                change(entry("000010", 1, MONDAY.plusDays(2))),
                                change(entry("000020", 1, MONDAY.plusDays(2))))))
                .containsExactly("000010");
        assertThat(watchlists.listing(OWNER).entries())
                .extracting(WatchlistEntry::session)
                .containsExactly(MONDAY.plusDays(1), MONDAY.plusDays(2));
    }

    @Test
    void twoAdditionsOfOneShareDoNotOverwriteEachOther() {
        save(entry("000010", 0, MONDAY));
        assertThat(watchlists.save(OWNER, List.of(change(entry("000010", 0, MONDAY.plusDays(1))))))
                .containsExactly("000010");
    }

    @Test
    void aSessionHasOneSnapshot() {
        watchlists.save(
                OWNER,
                List.of(new Change(
                        entry("000010", 0, MONDAY), Optional.of(snapshot("000010", MONDAY, 61.5)), List.of())));
        watchlists.save(
                OWNER,
                List.of(new Change(
                        entry("000010", 1, MONDAY), Optional.of(snapshot("000010", MONDAY, 62.5)), List.of())));
        assertThat(watchlists.history(OWNER, "000010"))
                .extracting(snapshot -> snapshot.scores().composite())
                .containsExactly(62.5);
    }

    @Test
    void usersAndModesHaveListsOfTheirOwn() {
        save(entry("000010", 0, MONDAY));
        assertThat(watchlists.listing(new Owner(Mode.DRY_RUN, "default")).entries())
                .isEmpty();
        assertThat(watchlists.listing(new Owner(Mode.SIM, "default_user")).entries())
                .isEmpty();
    }

    @Test
    void moreEntriesThanATransactionHoldsAreStored() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String symbol = "%06d".formatted(i);
            changes.add(new Change(entry(symbol, 0, MONDAY), Optional.of(snapshot(symbol, MONDAY, 70)), List.of()));
        }
        assertThat(watchlists.save(OWNER, changes)).isEmpty();
        assertThat(watchlists.listing(OWNER).entries()).hasSize(120);
    }

    private void save(WatchlistEntry entry) {
        assertThat(watchlists.save(OWNER, List.of(change(entry)))).isEmpty();
    }

    private static Change change(WatchlistEntry entry) {
        return new Change(entry, Optional.empty(), List.of());
    }

    /** What was stored before there were marks, tags and splits. */
    @Test
    void itemsOfOlderVersionsAreRead() {
        String partition = "watchlist/DRY_RUN/default_user";
        store.commit(List.of(
                Action.put(Item.at(Key.state(partition, "entry/000010"))
                        .with("name", "Name of 000010")
                        .with("market", "KOSPI")
                        .with("standing", "ACTIVE")
                        .with("added", "2026-01-05")
                        .with("addedPrice", 10_000)
                        .with("reason", "strong")
                        .with("notes", "")
                        .with("session", "2026-01-05")
                        .with("price", 10_500)
                        .with("version", 4)
                        .build()),
                Action.put(Item.at(Key.state(partition, "snapshot/000010/2026-01-05"))
                        .with("label", "added")
                        .with("price", 10_500)
                        .with("days", 0)
                        .with("violations", "")
                        .with("changePct", new BigDecimal("5"))
                        .build())));
        WatchlistEntry entry = watchlists.entry(OWNER, "000010").orElseThrow();
        assertThat(entry.said()).isEqualTo(SaidMarks.of(Marks.NONE, MONDAY));
        assertThat(entry.tags()).isEmpty();
        assertThat(entry.progress().changePct()).isEqualTo(5);
        assertThat(watchlists.history(OWNER, "000010"))
                .containsExactly(new WatchlistSnapshot(
                        "000010",
                        MONDAY,
                        "added",
                        10_500,
                        new Progress(5, null, null, null, 0, null),
                        Facts.UNKNOWN,
                        ScoreFigures.UNKNOWN,
                        ScoreFigures.UNKNOWN,
                        List.of()));
    }

    @Test
    void anEventIsStoredWithItsEntryOrNotAtAll() {
        DomainEvent event = new DomainEvent("id", "PriceAlert", "subject", Instant.EPOCH, Map.of("symbol", "000010"));
        save(entry("000010", 0, MONDAY));
        watchlists.save(OWNER, List.of(new Change(entry("000010", 0, MONDAY), Optional.empty(), List.of(event))));
        assertThat(new Outbox(store).pending()).isEmpty();
        watchlists.save(OWNER, List.of(new Change(entry("000010", 1, MONDAY), Optional.empty(), List.of(event))));
        assertThat(new Outbox(store).pending()).containsExactly(event);
    }

    @Test
    void anErasedEntryTakesItsHistoryAlong() {
        save(entry("000011", 0, MONDAY));
        for (int i = 0; i < 230; i++) {
            LocalDate day = MONDAY.plusDays(i);
            watchlists.save(
                    OWNER,
                    List.of(new Change(entry("000010", i, day), Optional.of(snapshot("000010", day, 70)), List.of())));
        }
        WatchlistEntry newest = watchlists.entry(OWNER, "000010").orElseThrow();
        assertThat(watchlists.erase(OWNER, entry("000010", 7, MONDAY))).isFalse();
        assertThat(watchlists.history(OWNER, "000010")).hasSize(230);
        assertThat(watchlists.eraseHistory(OWNER, "000010")).isFalse();
        assertThat(watchlists.erase(OWNER, newest)).isTrue();
        assertThat(watchlists.history(OWNER, "000010")).isEmpty();
        assertThat(watchlists.listing(OWNER).entries())
                .extracting(WatchlistEntry::symbol)
                .containsExactly("000011");
    }

    @Test
    void anEntryThatCannotBeReadIsErasedWithItsHistoryAndOnlyAsItWasRead() {
        assertThat(watchlists.eraseDamaged(OWNER, "000010")).isFalse();
        watchlists.save(
                OWNER,
                List.of(new Change(
                        entry("000010", 0, MONDAY), Optional.of(snapshot("000010", MONDAY, 61.5)), List.of())));
        assertThat(watchlists.eraseDamaged(OWNER, "000010")).as("readable").isFalse();

        Item whole = store.get(ENTRY).orElseThrow();
        Item broken =
                Item.at(ENTRY).with("name", "half an entry").with("version", 7).build();
        put(broken);
        Watchlists late = new WatchlistMapper(new MendedAfterReading(store, whole));
        assertThat(late.eraseDamaged(OWNER, "000010")).as("mended meanwhile").isFalse();
        assertThat(watchlists.entry(OWNER, "000010")).isPresent();
        assertThat(watchlists.history(OWNER, "000010")).hasSize(1);

        put(broken);
        assertThat(watchlists.eraseDamaged(OWNER, "000010")).isTrue();
        assertThat(watchlists.listing(OWNER).warnings()).isEmpty();
        assertThat(watchlists.history(OWNER, "000010")).isEmpty();
        save(entry("000010", 0, MONDAY));
        assertThat(watchlists.entry(OWNER, "000010").orElseThrow().version()).isGreaterThan(7);
    }

    private void put(Item item) {
        assertThat(store.commit(List.of(Action.put(item)))).isInstanceOf(Outcome.Committed.class);
    }

    /** Another process stores the item again as soon as the entry was read. */
    private record MendedAfterReading(Store store, Item whole) implements Store {

        @Override
        public Optional<Item> get(Key key) {
            Optional<Item> read = store.get(key);
            if (key.equals(ENTRY)) {
                assertThat(store.commit(List.of(Action.put(whole)))).isInstanceOf(Outcome.Committed.class);
            }
            return read;
        }

        @Override
        public List<Item> getAll(List<Key> keys) {
            return store.getAll(keys);
        }

        @Override
        public List<Item> query(Query query) {
            return store.query(query);
        }

        @Override
        public Outcome commit(List<Action> actions) {
            return store.commit(actions);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** A job that read the erased entry must not take the new one for it. */
    @Test
    void whatIsAddedAfterAnErasureHasAVersionOfItsOwn() {
        save(entry("000010", 0, MONDAY));
        WatchlistEntry read = watchlists.entry(OWNER, "000010").orElseThrow();
        assertThat(watchlists.erase(OWNER, read)).isTrue();
        save(entry("000010", 0, MONDAY.plusDays(1)));

        assertThat(watchlists.save(OWNER, List.of(change(read)))).containsExactly("000010");
        assertThat(watchlists.erase(OWNER, read)).isFalse();
        WatchlistEntry again = watchlists.entry(OWNER, "000010").orElseThrow();
        assertThat(again.session()).isEqualTo(MONDAY.plusDays(1));
        assertThat(watchlists.erase(OWNER, again)).isTrue();
        save(entry("000010", 0, MONDAY));
        assertThat(watchlists.erase(OWNER, again)).isFalse();
    }

    /** The answer is lost: once before and once after the store has written. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChangeWhoseAnswerIsLostIsDoneOnce(boolean written) {
        LosingStore losing = new LosingStore(store, written);
        Watchlist list = new Watchlist(
                new WatchlistMapper(losing), new MarketDataMapper(store), new SymbolRegisterMapper(store), OWNER);
        ScoreSheet sheet =
                new ScoreSheet(MONDAY, "r", List.of(SampleScores.good("000010").score()), List.of());
        Wish wish = new Wish("000010", Marks.NONE, Optional.empty(), List.of(), "");

        losing.next = true;
        assertThat(list.add(wish, sheet, Instant.EPOCH)).containsInstanceOf(Watchlist.Addition.Added.class);
        losing.next = true;
        assertThat(list.remove("000010", MONDAY)).isPresent();
        losing.next = true;
        assertThat(list.erase("000010")).isTrue();
        assertThat(list.erase("000010")).isFalse();
        assertThat(list.listing().entries()).isEmpty();
        assertThat(list.history("000010", LocalDate.EPOCH)).isEmpty();

        watchlists.save(
                OWNER,
                List.of(new Change(
                        entry("000010", 0, MONDAY), Optional.of(snapshot("000010", MONDAY, 61.5)), List.of())));
        store.commit(List.of(Action.delete(Key.state("watchlist/DRY_RUN/default_user", "entry/000010"))));
        losing.next = true;
        assertThat(list.erase("000010")).as("history alone").isTrue();
    }

    /** Loses the answer to the next commit. */
    private static final class LosingStore implements Store {

        private final Store store;
        private final boolean written;
        private boolean next;

        LosingStore(Store store, boolean written) {
            this.store = store;
            this.written = written;
        }

        @Override
        public Outcome commit(List<Action> actions) {
            if (!next) {
                return store.commit(actions);
            }
            next = false;
            if (written) {
                assertThat(store.commit(actions)).isInstanceOf(Outcome.Committed.class);
            }
            return new Outcome.Uncertain("lost");
        }

        @Override
        public Optional<Item> get(Key key) {
            return store.get(key);
        }

        @Override
        public List<Item> getAll(List<Key> keys) {
            return store.getAll(keys);
        }

        @Override
        public List<Item> query(Query query) {
            return store.query(query);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    @Test
    void historyBeginsWhereItIsAsked() {
        for (int i = 0; i < 3; i++) {
            LocalDate day = MONDAY.plusDays(i);
            watchlists.save(
                    OWNER,
                    List.of(new Change(entry("000010", i, day), Optional.of(snapshot("000010", day, 70)), List.of())));
        }
        assertThat(watchlists.history(OWNER, "000010", MONDAY.plusDays(1)))
                .extracting(WatchlistSnapshot::session)
                .containsExactly(MONDAY.plusDays(1), MONDAY.plusDays(2));
    }

    private static WatchlistEntry entry(String symbol, long version, LocalDate session) {
        return new WatchlistEntry(
                symbol,
                "Name of " + symbol,
                KrxMarket.KOSDAQ,
                Standing.ACTIVE,
                MONDAY,
                10_000,
                "strong overall score 72.0",
                List.of("mine", "체크"),
                "",
                new SaidMarks(
                        new Marks(12_000L, false, 13_000L, null),
                        MONDAY.plusDays(1),
                        new BigDecimal("0.25"),
                        Marks.Edge.UPPER),
                new Standpoint(
                        session,
                        10_500,
                        new BigDecimal("0.5"),
                        new ScoreFigures(72.123456789, null, 1.0, 2.0, 3.0, 4.0, null)),
                new Standpoint(MONDAY, 10_000, new BigDecimal("10"), ScoreFigures.UNKNOWN),
                new PriceAlert(MONDAY, Marks.Edge.LOWER, 9_000, 8_990),
                version);
    }

    private static WatchlistSnapshot snapshot(String symbol, LocalDate session, double composite) {
        return new WatchlistSnapshot(
                symbol,
                session,
                "added",
                10_500,
                new Progress(5.0, 500L, 12_000L, 14.29, 31, 80.5),
                new Facts(0L, null, 0.25, 1.1, -3.0, 0.9, 12.5, 40.0, null, 55.5, -12.5, 1e-7),
                new ScoreFigures(composite, null, null, 70.0, 1e-7, 55.5, 99.96),
                new ScoreFigures(-1.5, null, null, 0.0, null, null, 0.25),
                List.of("a", "b"));
    }
}
