package io.haetae.watchlist;

import io.haetae.market.Coverage;
import io.haetae.market.MarketData;
import io.haetae.market.SymbolRegister;
import io.haetae.market.SymbolRegisters;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Screening;
import io.haetae.watchlist.DailyUpdate.Decision;
import io.haetae.watchlist.WatchlistEntry.Standing;
import io.haetae.watchlist.Watchlists.Change;
import io.haetae.watchlist.Watchlists.Listing;
import io.haetae.watchlist.Watchlists.Owner;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One user's list, and all that can be done to it. What somebody else changes meanwhile is read again and decided again, so
 * nobody's change is lost.
 */
public final class Watchlist {

    /** Times that others may be quicker before it is given up. */
    private static final int ROUNDS = 50;

    private final Watchlists watchlists;
    private final MarketData market;
    private final SymbolRegisters symbols;
    private final Owner owner;

    /** What became of a wish. */
    public sealed interface Addition {
        WatchlistEntry entry();

        /** @param violations of the removal criteria: with any, the next update takes it off again */
        record Added(WatchlistEntry entry, List<String> violations) implements Addition {}

        record AlreadyThere(WatchlistEntry entry) implements Addition {}
    }

    /**
     * What a session did to the list, by its entries as they stand: whoever asks again, or takes up an update that died half
     * way, is told the whole of it.
     *
     * @param entries as they are now, the inactive too, by symbol
     * @param added symbols that the session put on the list, by themselves or by a person
     * @param removed entries that a criterion took off on the session
     * @param alerts entries whose alert fired on the session
     * @param missing active entries that the session's rows do not know, though nothing says that they left the market
     * @param damaged entries that cannot be read, a sentence each
     * @param failed entries that could not be brought up to the session, each with the reason
     * @param screening of the market, for what is added by itself
     */
    public record Update(
            List<WatchlistEntry> entries,
            List<String> added,
            List<WatchlistEntry> removed,
            List<WatchlistEntry> alerts,
            List<String> missing,
            List<String> damaged,
            List<String> failed,
            Screening screening) {

        /** Of the screen, and of what could not be looked at. */
        public List<String> warnings() {
            List<String> warnings = new ArrayList<>(screening.warnings());
            if (!missing.isEmpty()) {
                warnings.add("on the list but not in the market's rows: " + String.join(", ", missing));
            }
            warnings.addAll(damaged);
            failed.forEach(entry -> warnings.add("left as it was: " + entry));
            return warnings;
        }

        /** A line for each alert and each removal. */
        public List<String> told() {
            List<String> lines = new ArrayList<>();
            for (WatchlistEntry entry : alerts) {
                PriceAlert alert = entry.alerted();
                if (alert != null) {
                    lines.add("alert: %s %s %s".formatted(entry.symbol(), entry.name(), alert.text()));
                }
            }
            removed.forEach(entry -> lines.add("%s %s: %s".formatted(entry.symbol(), entry.name(), entry.lastNote())));
            return lines;
        }
    }

    public Watchlist(Watchlists watchlists, MarketData market, SymbolRegisters symbols, Owner owner) {
        this.watchlists = watchlists;
        this.market = market;
        this.symbols = symbols;
        this.owner = owner;
    }

    public Listing listing() {
        return watchlists.listing(owner);
    }

    /** From that session on, oldest first; empty too when it was never on the list. */
    public List<WatchlistSnapshot> history(String symbol, LocalDate from) {
        return watchlists.history(owner, symbol, from);
    }

    /** Empty when the session's scores do not know the symbol. */
    public Optional<Addition> add(Wish wish, ScoreSheet sheet, Instant at) {
        return sheet.score(wish.symbol()).map(score -> add(wish, score, sheet, at));
    }

    private Addition add(Wish wish, Score score, ScoreSheet sheet, Instant at) {
        DailyUpdate session = new DailyUpdate(owner, sheet, Breaks.NONE, at);
        for (int round = 0; round < ROUNDS; round++) {
            Optional<WatchlistEntry> before = watchlists.entry(owner, wish.symbol());
            if (before.filter(WatchlistEntry::active).isPresent()) {
                return new Addition.AlreadyThere(before.get());
            }
            WatchlistEntry entry = new WatchlistEntry(
                    wish.symbol(),
                    score.name(),
                    score.market(),
                    Standing.ACTIVE,
                    sheet.session(),
                    score.close(),
                    wish.reason().orElseGet(() -> Reason.of(score)),
                    wish.tags(),
                    notes(wish, before.map(WatchlistEntry::notes).orElse(""), sheet.session()),
                    SaidMarks.of(wish.marks(), sheet.session()),
                    new Standpoint(sheet.session(), score.close(), BigDecimal.ONE, ScoreFigures.of(score)),
                    null,
                    null,
                    before.map(WatchlistEntry::version).orElse(0L));
            Change change = new Change(entry, Optional.of(session.snapshot(entry, score)), List.of());
            if (watchlists.save(owner, List.of(change)).isEmpty()) {
                return new Addition.Added(entry, DailyUpdate.violations(score));
            }
        }
        throw contended(wish.symbol());
    }

    private static String notes(Wish wish, String before, LocalDate session) {
        if (before.isEmpty()) {
            return wish.notes();
        }
        String again = Notes.add(before, session, "added again");
        return wish.notes().isEmpty() ? again : again + "\n" + wish.notes();
    }

    /**
     * Changes what a person has said of a share on the list.
     *
     * @param session whose share the prices are of; the entry's newest, when that is newer
     * @return the entry as it is now, empty when no active one is there
     * @throws IllegalArgumentException in one line, when the lower alert price would not be below the upper one
     */
    public Optional<WatchlistEntry> edit(Edit edit, LocalDate session) {
        return change(edit.symbol(), WatchlistEntry::active, entry -> entry.edited(edit, marks(entry, edit, session)));
    }

    private SaidMarks marks(WatchlistEntry entry, Edit edit, LocalDate session) {
        if (!edit.isOfMarks()) {
            return entry.said();
        }
        LocalDate meant = session.isAfter(entry.session()) ? session : entry.session();
        BigDecimal factor = breaks(List.of(entry), meant).factor(entry.symbol(), entry.added(), meant);
        return new SaidMarks(edit.of(entry.said().at(factor)), meant, factor, null).beside(entry.now());
    }

    /**
     * Takes a share off the list; only a person puts it back.
     *
     * @return the entry, empty when no active one is there
     */
    public Optional<WatchlistEntry> remove(String symbol, LocalDate today) {
        return change(
                symbol,
                WatchlistEntry::active,
                entry -> entry.standing(
                        Standing.REMOVED_BY_PERSON, Notes.add(entry.notes(), today, "removed by a person")));
    }

    /**
     * Deletes an entry, active or not, and its history.
     *
     * @return whether anything was there
     */
    public boolean erase(String symbol) {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<WatchlistEntry> entry = watchlists.entry(owner, symbol);
            if (entry.isEmpty()) {
                return watchlists.eraseHistory(owner, symbol);
            }
            if (watchlists.erase(owner, entry.get())) {
                return true;
            }
        }
        throw contended(symbol);
    }

    /**
     * Deletes an entry that cannot be read, and its history.
     *
     * @return whether there was such an entry
     */
    public boolean eraseDamaged(String symbol) {
        for (int round = 0; round < ROUNDS; round++) {
            if (!listing().damaged().containsKey(symbol)) {
                return false;
            }
            if (watchlists.eraseDamaged(owner, symbol)) {
                return true;
            }
        }
        throw contended(symbol);
    }

    /**
     * Takes off what breaks a criterion, and does nothing else.
     *
     * @return the entries that were taken off
     */
    public List<WatchlistEntry> clean(ScoreSheet sheet) {
        List<WatchlistEntry> removed = new ArrayList<>();
        for (WatchlistEntry entry : watchlists.listing(owner).entries()) {
            List<String> violations =
                    sheet.score(entry.symbol()).map(DailyUpdate::violations).orElse(List.of());
            if (!violations.isEmpty()) {
                change(
                                entry.symbol(),
                                now -> now.active() && !now.session().isAfter(sheet.session()),
                                now -> now.standing(
                                        Standing.REMOVED_BY_CRITERIA,
                                        DailyUpdate.removed(now.notes(), sheet.session(), violations)))
                        .ifPresent(removed::add);
            }
        }
        return removed;
    }

    private Optional<WatchlistEntry> change(
            String symbol, Predicate<WatchlistEntry> meant, Function<WatchlistEntry, WatchlistEntry> edit) {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<WatchlistEntry> entry =
                    watchlists.entry(owner, symbol).filter(meant).map(edit);
            if (entry.isEmpty()
                    || watchlists.save(owner, List.of(Change.of(entry.get()))).isEmpty()) {
                return entry;
            }
        }
        throw contended(symbol);
    }

    /**
     * What a session does to the list; done again it changes nothing.
     *
     * @param inForce the session's scores as they stand. It is asked after the entries were read, each time they are: whoever
     *     changes entries has put the scores in force that they come from, so what an outdated sheet would overwrite has
     *     either been read with the newer one or is refused.
     */
    public Update update(Supplier<ScoreSheet> inForce, Instant at) {
        Listing listing = watchlists.listing(owner);
        ScoreSheet sheet = inForce.get();
        Decision decision = decide(listing, sheet, at);
        Set<String> stale = watchlists.save(owner, decision.changes());
        for (int round = 0; !stale.isEmpty(); round++) {
            if (round == ROUNDS) {
                throw contended(String.join(", ", stale));
            }
            listing = watchlists.listing(owner);
            sheet = inForce.get();
            decision = decide(listing, sheet, at);
            stale = watchlists.save(owner, decision.changes());
        }
        return told(sheet.session(), decision);
    }

    private Decision decide(Listing listing, ScoreSheet sheet, Instant at) {
        Breaks breaks = breaks(listing.entries(), sheet.session());
        return new DailyUpdate(owner, sheet, breaks, at).decide(listing, delisted(listing.entries(), sheet));
    }

    /** Of what is watched and not in the scores, by symbol: the session from which on the market no longer has it. */
    private Map<String, LocalDate> delisted(List<WatchlistEntry> entries, ScoreSheet sheet) {
        Map<String, LocalDate> delisted = new HashMap<>();
        List<WatchlistEntry> absent = entries.stream()
                .filter(entry -> entry.active() && sheet.score(entry.symbol()).isEmpty())
                .toList();
        if (absent.isEmpty()) {
            return delisted;
        }
        SymbolRegister register = symbols.read();
        for (WatchlistEntry entry : absent) {
            register.lastKnown(entry.symbol())
                    .map(last -> official(last.plusDays(1), sheet.session()))
                    .flatMap(stored -> register.leftOn(entry.symbol(), stored))
                    .ifPresent(since -> delisted.put(entry.symbol(), since));
        }
        return delisted;
    }

    private List<LocalDate> official(LocalDate from, LocalDate to) {
        return market.coverage(from, to).stream()
                .filter(Coverage::isOfficial)
                .map(Coverage::session)
                .toList();
    }

    private Update told(LocalDate session, Decision decision) {
        Listing listing = watchlists.listing(owner);
        List<WatchlistEntry> entries = listing.entries();
        return new Update(
                entries,
                entries.stream()
                        .filter(entry -> entry.active() && entry.added().equals(session))
                        .map(WatchlistEntry::symbol)
                        .toList(),
                entries.stream()
                        .filter(entry -> DailyUpdate.tookOff(entry, session))
                        .toList(),
                entries.stream()
                        .filter(entry -> {
                            PriceAlert alert = entry.alerted();
                            return alert != null && alert.session().equals(session);
                        })
                        .toList(),
                decision.missing(),
                listing.warnings(),
                decision.failed(),
                decision.screening());
    }

    private Breaks breaks(List<WatchlistEntry> entries, LocalDate session) {
        return entries.stream()
                .map(WatchlistEntry::added)
                .min(LocalDate::compareTo)
                .map(oldest -> new Breaks(market.adjustments(oldest, session)))
                .orElse(Breaks.NONE);
    }

    private IllegalStateException contended(String what) {
        return new IllegalStateException(
                "the watchlist of %s kept changing under this change of %s: try again".formatted(owner.user(), what));
    }
}
