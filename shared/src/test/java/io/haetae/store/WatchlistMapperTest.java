package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.KrxMarket;
import io.haetae.portfolio.Mode;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.WatchlistEntry.Standing;
import io.haetae.watchlist.WatchlistSnapshot;
import io.haetae.watchlist.Watchlists.Change;
import io.haetae.watchlist.Watchlists.Owner;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchlistMapperTest {

    private static final Owner OWNER = new Owner(Mode.DRY_RUN, "default_user");
    private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);

    private final WatchlistMapper watchlists = new WatchlistMapper(new MemoryStore());

    @Test
    void anEntryComesBackWithItsVersionAndHistory() {
        WatchlistEntry entry = entry("000010", 0, MONDAY);
        WatchlistSnapshot snapshot = snapshot("000010", MONDAY, 61.5);
        assertThat(watchlists.save(OWNER, List.of(new Change(entry, Optional.of(snapshot)))))
                .isEmpty();
        assertThat(watchlists.entries(OWNER)).containsExactly(entry("000010", 1, MONDAY));
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
        assertThat(watchlists.entries(OWNER))
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
                OWNER, List.of(new Change(entry("000010", 0, MONDAY), Optional.of(snapshot("000010", MONDAY, 61.5)))));
        watchlists.save(
                OWNER, List.of(new Change(entry("000010", 1, MONDAY), Optional.of(snapshot("000010", MONDAY, 62.5)))));
        assertThat(watchlists.history(OWNER, "000010"))
                .extracting(WatchlistSnapshot::composite)
                .containsExactly(62.5);
    }

    @Test
    void usersAndModesHaveListsOfTheirOwn() {
        save(entry("000010", 0, MONDAY));
        assertThat(watchlists.entries(new Owner(Mode.DRY_RUN, "default"))).isEmpty();
        assertThat(watchlists.entries(new Owner(Mode.SIM, "default_user"))).isEmpty();
    }

    @Test
    void moreEntriesThanATransactionHoldsAreStored() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String symbol = "%06d".formatted(i);
            changes.add(new Change(entry(symbol, 0, MONDAY), Optional.of(snapshot(symbol, MONDAY, 70))));
        }
        assertThat(watchlists.save(OWNER, changes)).isEmpty();
        assertThat(watchlists.entries(OWNER)).hasSize(120);
    }

    private void save(WatchlistEntry entry) {
        assertThat(watchlists.save(OWNER, List.of(change(entry)))).isEmpty();
    }

    private static Change change(WatchlistEntry entry) {
        return new Change(entry, Optional.empty());
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
                "",
                session,
                10_500,
                72.123456789,
                null,
                version);
    }

    private static WatchlistSnapshot snapshot(String symbol, LocalDate session, double composite) {
        return new WatchlistSnapshot(
                symbol,
                session,
                "added",
                10_500,
                5.0,
                0,
                composite,
                null,
                null,
                70.0,
                1e-7,
                55.5,
                99.96,
                List.of("a", "b"));
    }
}
