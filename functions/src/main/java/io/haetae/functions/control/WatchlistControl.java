package io.haetae.functions.control;

import io.haetae.market.Coverage;
import io.haetae.market.MarketData;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Scores;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.ScoreMapper;
import io.haetae.store.Store;
import io.haetae.store.SymbolRegisterMapper;
import io.haetae.store.WatchlistMapper;
import io.haetae.watchlist.Edit;
import io.haetae.watchlist.Watchlist;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.WatchlistSnapshot;
import io.haetae.watchlist.Watchlists.Listing;
import io.haetae.watchlist.Watchlists.Owner;
import io.haetae.watchlist.Wish;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A person's words about a watchlist, each with the newest session that was scored. Every change is one conditional
 * transaction an entry, so it may be spoken while jobs run.
 */
public final class WatchlistControl {

    /** Longer than any stretch without a session. */
    private static final int DAYS_BACK = 45;

    private final MarketData market;
    private final Scores scores;
    private final Watchlist list;

    public WatchlistControl(Store store, Owner owner) {
        this.market = new MarketDataMapper(store);
        this.scores = new ScoreMapper(store);
        this.list = new Watchlist(new WatchlistMapper(store), market, new SymbolRegisterMapper(store), owner);
    }

    /** The newest stored session, scored or not. */
    public Optional<LocalDate> newestStored() {
        return market.lastStored();
    }

    /** The newest stored session that was scored; empty when none of the last weeks was. */
    public Optional<LocalDate> newestScored() {
        return market.lastStored().flatMap(last -> market.coverage(last.minusDays(DAYS_BACK), last).reversed().stream()
                .map(Coverage::session)
                .filter(session -> scores.revision(session).isPresent())
                .findFirst());
    }

    /** Empty when the session's scores do not know the symbol. */
    public Optional<Watchlist.Addition> add(Wish wish, LocalDate session, Instant at) {
        return list.add(wish, sheet(session), at);
    }

    /**
     * Changes what a person has said of a share on the list, prices in won of the share as it is on the newest scored
     * session; empty when no active one is there.
     *
     * @throws IllegalArgumentException in one line, when the lower alert price would not be below the upper one
     */
    public Optional<WatchlistEntry> edit(Edit edit) {
        return list.edit(edit, newestScored().orElse(LocalDate.MIN));
    }

    /** What the daily job does to the list after it has scored the session. */
    public Watchlist.Update update(LocalDate session, Instant at) {
        return list.update(() -> sheet(session), at);
    }

    /** Takes off what breaks a criterion. */
    public List<WatchlistEntry> clean(LocalDate session) {
        return list.clean(sheet(session));
    }

    /** Takes a share off the list; empty when no active one is there. */
    public Optional<WatchlistEntry> remove(String symbol, LocalDate today) {
        return list.remove(symbol, today);
    }

    /** Deletes an entry and its history; false when nothing is there. */
    public boolean erase(String symbol) {
        return list.erase(symbol);
    }

    /** Deletes an entry that cannot be read, and its history; false when there is none such. */
    public boolean eraseDamaged(String symbol) {
        return list.eraseDamaged(symbol);
    }

    /** The inactive too, and what of it cannot be read. */
    public Listing listing() {
        return list.listing();
    }

    /** From that session on, oldest first. */
    public List<WatchlistSnapshot> history(String symbol, LocalDate from) {
        return list.history(symbol, from);
    }

    private ScoreSheet sheet(LocalDate session) {
        return scores.at(session)
                .orElseThrow(() -> new IllegalStateException("the scores of " + session + " are gone: try again"));
    }
}
