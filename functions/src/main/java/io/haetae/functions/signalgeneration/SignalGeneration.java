package io.haetae.functions.signalgeneration;

import io.haetae.calendar.CalendarCheck;
import io.haetae.calendar.CalendarChecks;
import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.config.Settings;
import io.haetae.functions.FailedReads;
import io.haetae.job.JobBody;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.market.Costs;
import io.haetae.market.Coverage;
import io.haetae.market.MarketData;
import io.haetae.market.PriceSource;
import io.haetae.market.TradingStatus;
import io.haetae.market.TradingStatuses;
import io.haetae.market.Venue;
import io.haetae.order.AdvanceReport;
import io.haetae.order.OrderDesk;
import io.haetae.order.OrderStore;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.OtherCapitalException;
import io.haetae.risk.Books;
import io.haetae.risk.Marks;
import io.haetae.risk.RiskWatch;
import io.haetae.score.Criteria;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Scores;
import io.haetae.score.Screener;
import io.haetae.score.Screening;
import io.haetae.signal.EntryRules;
import io.haetae.signal.EntrySignal;
import io.haetae.signal.SignalSheet;
import io.haetae.signal.SignalTerms;
import io.haetae.signal.Signals;
import io.haetae.time.TimeSource;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.Watchlists;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Judges the watchlist and the best of the market by the last complete session's scores, keeps the signals, sells
 * holdings whose company changed, then bids for the best signals in the opening auction.
 *
 * <p>Before orders are taken, signals are computed, kept and shown; from the open on they are computed and shown. Neither
 * intends anything, and the slot stays open.
 */
public final class SignalGeneration implements JobBody {

    /** Most stocks of the market that are judged beside the watchlist. */
    private static final int MOST_SCREENED = 50;

    private static final System.Logger LOG = System.getLogger(SignalGeneration.class.getName());

    private final TradingCalendar calendar;
    private final CalendarCheck check;
    private final MarketData market;
    private final TradingStatuses statuses;
    private final Scores scores;
    private final Watchlists watchlists;
    private final Signals signals;
    private final Books books;
    private final OrderDesk desk;
    private final TimeSource time;
    private final Settings.Orchestrator settings;
    private final SignalTerms terms;
    private final FundamentalsExits exits;
    private final Entries entries;

    public SignalGeneration(
            TradingCalendar calendar,
            CalendarChecks checks,
            MarketData market,
            TradingStatuses statuses,
            Scores scores,
            Watchlists watchlists,
            Signals signals,
            Books books,
            Marks marks,
            RiskWatch watch,
            OrderStore orders,
            OrderDesk desk,
            Costs costs,
            TimeSource time,
            Settings.Orchestrator settings) {
        this.calendar = calendar;
        this.check = new CalendarCheck(calendar, checks);
        this.market = market;
        this.statuses = statuses;
        this.scores = scores;
        this.watchlists = watchlists;
        this.signals = signals;
        this.books = books;
        this.desk = desk;
        this.time = time;
        this.settings = settings;
        this.terms = SignalTerms.standard(settings.maxPositionSizePct());
        this.exits = new FundamentalsExits(calendar, scores, desk, terms);
        this.entries = new Entries(calendar, books, marks, watch, orders, desk, costs, time, settings, terms);
    }

    @Override
    public JobResult run(Run run) throws InterruptedException {
        AccountId account =
                new AccountId(run.slot().mode(), Venue.KIS, run.slot().user().orElseThrow(), "KRW");
        Session session = calendar.session(run.session())
                .orElseThrow(() -> new IllegalArgumentException(run.session() + " is not a session"));
        LocalDate basis = calendar.previous(session.date()).date();
        Optional<Coverage> coverage = market.coverage(basis);
        if (coverage.isEmpty() || !coverage.get().complete()) {
            return new JobResult.Refused("no complete prices of " + basis);
        }
        Optional<ScoreSheet> sheet = scores.at(basis);
        if (sheet.isEmpty()) {
            return new JobResult.Refused("no scores of " + basis);
        }
        if (!sheet.get().revision().equals(coverage.get().inputs())) {
            return new JobResult.Refused("the scores of " + basis + " rest on prices that were replaced since");
        }
        boolean provisional = coverage.get().source() == PriceSource.PROVISIONAL;
        return judge(run, account, session, sheet.get(), provisional);
    }

    private JobResult judge(Run run, AccountId account, Session session, ScoreSheet sheet, boolean provisional)
            throws InterruptedException {
        Report report = new Report();
        if (provisional) {
            report.line("official prices of " + sheet.session() + " are not there yet: provisional ones are used");
        }
        Optional<String> dispute = check.refusal(session.date());
        dispute.ifPresent(report::line);
        SignalSheet found = find(run, account, session, sheet, provisional, report);
        Instant now = time.now();
        if (now.isBefore(session.open())) {
            signals.put(account, found);
        }
        String counts = "%d signals of %d candidates".formatted(found.signals().size(), found.candidates());
        if (!run.entriesAllowed() || !session.inEntryWindow(now)) {
            found.signals().forEach(signal -> report.line(SignalLine.of(signal)));
            return new JobResult.Skipped(counts + " for " + session.date() + " " + why(now, session), report.lines());
        }
        return act(run, account, session, sheet, found, counts, dispute, report);
    }

    private static String why(Instant now, Session session) {
        if (now.isBefore(session.orderAcceptance())) {
            return "computed and kept; orders are taken from " + session.orderAcceptance() + ", nothing was intended";
        }
        if (!now.isBefore(session.open())) {
            return "computed; the session has opened, nothing was intended";
        }
        return "computed and kept; this run may not enter, nothing was intended";
    }

    private JobResult act(
            Run run,
            AccountId account,
            Session session,
            ScoreSheet sheet,
            SignalSheet found,
            String counts,
            Optional<String> dispute,
            Report report)
            throws InterruptedException {
        try {
            books.readFor(account, settings.portfolioValue());
        } catch (OtherCapitalException e) {
            found.signals().forEach(signal -> report.line(SignalLine.of(signal)));
            return new JobResult.Refused(e.getMessage() == null ? "another capital" : e.getMessage());
        }
        AdvanceReport advanced = desk.advance(account, run);
        advanced.problems().forEach(report::line);
        FailedReads failedReads = new FailedReads();
        failedReads.add(advanced);
        long sold = exits.sell(Books.ours(books.read(account, settings.portfolioValue())), sheet, session, run, report);
        if (dispute.isPresent()) {
            return failedReads.instead(new JobResult.Refused(dispute.get() + " (" + sold + " exits)"));
        }
        Entries.Outcome entered = entries.enter(account, session, found.signals(), run, report);
        String done = counts + ", " + entered.entered() + " entries, " + sold + " exits";
        if (entered.waitsFor().isPresent()) {
            return failedReads.instead(new JobResult.Refused(entered.waitsFor().get() + "; " + done, report.lines()));
        }
        return failedReads.instead(new JobResult.Done(
                done,
                Map.of(
                        "candidates",
                        (long) found.candidates(),
                        "signals",
                        (long) found.signals().size(),
                        "entries",
                        entered.entered(),
                        "denied",
                        entered.denied(),
                        "exits",
                        sold,
                        "screenRejectedAll",
                        report.screenRejectedAll() ? 1L : 0L),
                List.of(),
                report.lines()));
    }

    private SignalSheet find(
            Run run, AccountId account, Session session, ScoreSheet sheet, boolean provisional, Report report) {
        Watchlists.Listing list =
                watchlists.listing(new Watchlists.Owner(run.slot().mode(), account.user()));
        list.warnings().forEach(entry -> report.line("warning: on the watchlist " + entry));
        Set<String> watched = list.entries().stream()
                .filter(WatchlistEntry::active)
                .map(WatchlistEntry::symbol)
                .collect(Collectors.toSet());
        Screening screening = new Screener(Criteria.ENTRY).screen(sheet.scores());
        screening.warnings().forEach(report::line);
        if (screening.passed().isEmpty() && !sheet.scores().isEmpty()) {
            report.screenRejectedEverything();
            LOG.log(System.Logger.Level.WARNING, "{0}", String.join("; ", screening.warnings()));
        }
        Map<String, Score> candidates = new TreeMap<>();
        screening.passed().stream().limit(MOST_SCREENED).forEach(score -> candidates.put(score.symbol(), score));
        sheet.scores().stream()
                .filter(score -> watched.contains(score.symbol()))
                .forEach(score -> candidates.put(score.symbol(), score));
        EntryRules rules = new EntryRules(terms);
        List<EntrySignal> entries = new ArrayList<>();
        Map<String, TradingStatus> marked = statuses.of(sheet.session());
        for (Score candidate : candidates.values()) {
            Optional<TradingStatus.Mark> bar =
                    marked.getOrDefault(candidate.symbol(), TradingStatus.PLAIN).entryBar();
            if (bar.isPresent()) {
                report.line(candidate.symbol() + ": no entry, the Exchange has marked it " + bar.get());
                continue;
            }
            switch (rules.judge(candidate, watched.contains(candidate.symbol()), session.date())) {
                case EntryRules.Verdict.Entry(EntrySignal signal) -> entries.add(signal);
                case EntryRules.Verdict.Passed(String reason) ->
                    LOG.log(System.Logger.Level.DEBUG, "{0} is no entry: {1}", candidate.symbol(), reason);
            }
        }
        entries.sort(
                Comparator.comparing((EntrySignal signal) -> signal.conviction().score(), Comparator.reverseOrder())
                        .thenComparing(EntrySignal::composite, Comparator.reverseOrder())
                        .thenComparing(EntrySignal::symbol));
        return new SignalSheet(session.date(), sheet.session(), provisional, time.now(), candidates.size(), entries);
    }
}
