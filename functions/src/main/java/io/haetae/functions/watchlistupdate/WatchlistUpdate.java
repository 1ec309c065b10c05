package io.haetae.functions.watchlistupdate;

import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.indicator.IndicatorSnapshots;
import io.haetae.job.JobBody;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.market.StatementProgress;
import io.haetae.market.Statements;
import io.haetae.market.SymbolRegisters;
import io.haetae.score.CompanyStanding;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Scorer;
import io.haetae.score.Scores;
import io.haetae.watchlist.Watchlist;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.Watchlists;
import io.haetae.watchlist.Watchlists.Owner;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Scores the market from a session's indicators and fundamentals, and lets the scores update the user's watchlist. */
public final class WatchlistUpdate implements JobBody {

    private static final int LINES = 10;

    /**
     * Filings read up to so long ago still speak for the market. While a history is being read, a company whose turn has not
     * come would look like one that never files.
     */
    private static final int STATEMENT_DAYS = 45;

    private static final System.Logger LOG = System.getLogger(WatchlistUpdate.class.getName());

    private final MarketData market;
    private final SymbolRegisters symbols;
    private final IndicatorSnapshots indicators;
    private final Statements statements;
    private final Scores scores;
    private final Watchlists watchlists;

    public WatchlistUpdate(
            MarketData market,
            SymbolRegisters symbols,
            IndicatorSnapshots indicators,
            Statements statements,
            Scores scores,
            Watchlists watchlists) {
        this.market = market;
        this.symbols = symbols;
        this.indicators = indicators;
        this.statements = statements;
        this.scores = scores;
        this.watchlists = watchlists;
    }

    @Override
    public JobResult run(Run run) {
        LocalDate session = run.session();
        Optional<IndicatorSnapshot> snapshot = indicators.at(session);
        if (snapshot.isEmpty()) {
            String rows = incomplete(session).map(few -> ": " + few).orElse("");
            return new JobResult.Refused("no indicators are stored for " + session + rows);
        }
        String revision = snapshot.get().revision();
        String asked = run.slot().revision();
        if (!asked.isEmpty() && !asked.equals(revision)) {
            return new JobResult.Refused("indicators of %s stand at revision %s, revision %s was asked for"
                    .formatted(session, revision, asked));
        }
        Optional<MarketDay> day = market.day(session);
        if (day.isEmpty() || !day.get().isBehind(revision)) {
            return new JobResult.Refused("indicators of %s stand at revision %s, its rows at %s"
                    .formatted(session, revision, day.map(MarketDay::revision).orElse("none")));
        }
        Owner owner = new Owner(
                run.slot().mode(),
                run.slot().user().orElseThrow(() -> new IllegalArgumentException("a watchlist slot without a user")));
        Optional<LocalDate> readThrough = statements.progress().map(StatementProgress::through);
        boolean current = readThrough
                .filter(date -> !date.isBefore(session.minusDays(STATEMENT_DAYS)))
                .isPresent();
        ScoreSheet sheet = Scorer.score(
                day.get(),
                snapshot.get(),
                market.fundamentals(session),
                current
                        ? statements.received(session.minusMonths(CompanyStanding.MONTHS_BACK), session.minusDays(1))
                        : List.of());
        scores.put(sheet);
        List<String> notes = new ArrayList<>();
        incomplete(session).ifPresent(notes::add);
        if (readThrough.isPresent() && !current) {
            notes.add("filings are read through %s only: no statement is looked at yet".formatted(readThrough.get()));
        }
        return update(owner, sheet, notes, run.started());
    }

    /** Whether rows are missing or shares are no longer listed is not known. */
    private Optional<String> incomplete(LocalDate session) {
        return market.coverage(session)
                .filter(coverage -> coverage.rows() < coverage.expected())
                .map(coverage -> "%d rows, %d fewer than the session before (%s)"
                        .formatted(coverage.rows(), coverage.expected() - coverage.rows(), coverage.share()));
    }

    private JobResult update(Owner owner, ScoreSheet sheet, List<String> notes, Instant at) {
        Watchlist.Update update = new Watchlist(watchlists, market, symbols, owner).update(() -> inForce(sheet), at);
        update.damaged().forEach(entry -> LOG.log(System.Logger.Level.WARNING, "watchlist: {0}", entry));
        long active = update.entries().stream().filter(WatchlistEntry::active).count();
        long scored = sheet.scores().stream()
                .filter(score -> score.composite() != null)
                .count();
        List<String> warnings = new ArrayList<>(sheet.warnings());
        warnings.addAll(notes);
        warnings.addAll(update.warnings());
        long added = update.added().size();
        long removed = update.removed().size();
        return new JobResult.Done(
                "%d scored; watchlist %d: %d added, %d removed".formatted(scored, active, added, removed),
                Map.of(
                        "scored",
                        scored,
                        "active",
                        active,
                        "added",
                        added,
                        "removed",
                        removed,
                        "alerts",
                        (long) update.alerts().size(),
                        "missing",
                        (long) update.missing().size(),
                        "damaged",
                        (long) update.damaged().size(),
                        "screenRejectedAll",
                        update.screening().passed().isEmpty() ? 1L : 0L,
                        "warnings",
                        (long) warnings.size()),
                List.of(),
                lines(warnings, update));
    }

    /** The sheet of the session; another run may have put a newer revision's in its place. */
    private ScoreSheet inForce(ScoreSheet sheet) {
        return scores.revision(sheet.session()).filter(sheet.revision()::equals).isPresent()
                ? sheet
                : scores.at(sheet.session()).orElse(sheet);
    }

    private static List<String> lines(List<String> warnings, Watchlist.Update update) {
        List<String> lines = new ArrayList<>();
        warnings.forEach(warning -> lines.add("warning: " + warning));
        lines.add("screen: " + update.screening().summary());
        lines.addAll(update.told());
        update.entries().stream()
                .filter(WatchlistEntry::active)
                .sorted(WatchlistEntry.BY_SCORE)
                .limit(LINES)
                .forEach(entry -> lines.add(line(entry)));
        return lines;
    }

    private static String line(WatchlistEntry entry) {
        return "%s %s score %s percentile %s: %s"
                .formatted(
                        entry.symbol(),
                        entry.name(),
                        print(entry.composite(), "%.1f"),
                        print(entry.percentile(), "%.2f"),
                        entry.reason());
    }

    private static String print(@Nullable Double figure, String format) {
        return figure == null ? "unknown" : String.format(Locale.ROOT, format, figure);
    }
}
