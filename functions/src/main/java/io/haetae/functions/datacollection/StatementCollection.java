package io.haetae.functions.datacollection;

import io.haetae.calendar.TradingCalendar;
import io.haetae.dart.AnnouncedReport;
import io.haetae.dart.Company;
import io.haetae.dart.DartClient;
import io.haetae.dart.DartException;
import io.haetae.dart.ReportedFigures;
import io.haetae.job.JobBody;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.market.Report;
import io.haetae.market.Statement;
import io.haetae.market.StatementProgress;
import io.haetae.market.StatementProgress.Filing;
import io.haetae.market.Statements;
import io.haetae.score.CompanyStanding;
import io.haetae.time.TimeSource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads who has filed a periodic report since the last time, and asks for the figures. It begins with the oldest
 * filings that scores look at, and goes on from run to run until it has come to the present.
 *
 * <p>The service has the figures of a report's newest version alone. They are stored under that version's receipt and date;
 * the original's, when it is gone, are a gap that is counted, and never filled with corrected figures. Figures that the
 * service does not have yet are asked for again for ten days.
 */
public final class StatementCollection implements JobBody {

    /** On days when all file, the service takes until the next business day; holidays may lie between. */
    private static final int AWAIT_DAYS = 10;

    /** Before the end of the invocation nothing new is begun. */
    private static final Duration SPARE = Duration.ofSeconds(60);

    private static final int COMPANIES_A_STEP = 200;
    private static final int DECEMBER = 12;

    private final Optional<DartClient> dart;
    private final Statements statements;
    private final TradingCalendar calendar;
    private final TimeSource time;

    /** @param dart empty when no key is configured */
    public StatementCollection(
            Optional<DartClient> dart, Statements statements, TradingCalendar calendar, TimeSource time) {
        this.dart = dart;
        this.statements = statements;
        this.calendar = calendar;
        this.time = time;
    }

    @Override
    public JobResult run(Run run) throws DartException, InterruptedException {
        if (dart.isEmpty()) {
            return new JobResult.Skipped("NO_KEY dart/api-key");
        }
        LocalDate today = calendar.dateAt(time.now());
        Collected collected = collect(today, run.deadline());
        String what = "%d statements, filings read through %s".formatted(collected.added(), collected.through());
        if (!collected.whole()) {
            return new JobResult.Skipped(what + " from " + collected.from() + "; goes on with the next run");
        }
        return new JobResult.Done(
                "%s; %d awaited, %d originals lost to corrections"
                        .formatted(what, collected.awaited(), collected.lost()),
                Map.of(
                        "statements",
                        (long) collected.added(),
                        "absent",
                        (long) collected.absent(),
                        "awaited",
                        (long) collected.awaited(),
                        "lost",
                        (long) collected.lost()),
                List.of(),
                List.of());
    }

    /**
     * What was done.
     *
     * @param whole whether what scores look at is read, to the present
     * @param added versions that were new
     * @param absent filings of which the service has no figures and that are not asked for again
     * @param awaited filings to ask for again
     * @param lost originals that are gone, over all runs
     */
    public record Collected(
            LocalDate from, LocalDate through, boolean whole, int added, int absent, int awaited, int lost) {}

    /**
     * Goes on from where the last run ended, a month of filings at a time, to the present or to the deadline. A history that
     * begins later than what scores look at is then read backwards, for what is stored goes on to be current meanwhile.
     *
     * @throws DartException on the first answer that cannot be used; what was understood before is stored
     */
    public Collected collect(LocalDate today, Instant deadline) throws DartException, InterruptedException {
        LocalDate oldest = today.minusMonths(CompanyStanding.MONTHS_BACK);
        StatementProgress progress = statements
                .progress()
                .orElseGet(() -> new StatementProgress(oldest, oldest, List.of(), new TreeSet<>()));
        Evening evening = new Evening(dart.orElseThrow(), today, deadline.minus(SPARE));
        int added = 0;
        int absent = 0;
        boolean first = true;
        while (first || !isWhole(progress, oldest, today)) {
            boolean older = !first && !progress.through().isBefore(today);
            LocalDate from = older ? max(progress.from().minusMonths(1), oldest) : progress.through();
            LocalDate to = older
                    ? progress.from().minusDays(1)
                    : min(progress.through().plusMonths(1), today);
            Window window = evening.window(progress, from, to);
            added += window.added;
            if (!window.complete) {
                break;
            }
            absent += window.absent;
            progress = new StatementProgress(
                    older ? from : progress.from(), older ? progress.through() : to, window.awaited, window.lost);
            statements.keep(progress);
            first = false;
        }
        return new Collected(
                progress.from(),
                progress.through(),
                isWhole(progress, oldest, today),
                added,
                absent,
                progress.awaited().size(),
                progress.lost().size());
    }

    private static boolean isWhole(StatementProgress progress, LocalDate oldest, LocalDate today) {
        return !progress.through().isBefore(today) && !progress.from().isAfter(oldest);
    }

    private static LocalDate max(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate min(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    /** What one stretch of filings came to. */
    private static final class Window {
        private boolean complete = true;
        private int added;
        private int absent;
        private final List<Filing> awaited = new ArrayList<>();
        private final SortedSet<String> lost;

        private Window(SortedSet<String> lost) {
            this.lost = new TreeSet<>(lost);
        }
    }

    /** One run's knowledge: what is stored, whose share a company's is, when its fiscal year ends. */
    private final class Evening {

        private final DartClient client;
        private final LocalDate today;
        private final Instant end;
        private final Set<String> stored = new HashSet<>();
        private final Map<String, Integer> fiscalYearEnds = new HashMap<>();
        private final Map<String, LocalDate> receiptDates = new HashMap<>();
        private Map<String, String> symbols = Map.of();

        Evening(DartClient client, LocalDate today, Instant end) {
            this.client = client;
            this.today = today;
            this.end = end;
            for (Statement known : statements.received(today.minusMonths(CompanyStanding.MONTHS_BACK), today)) {
                stored.add(known.receipt());
                learn(known.company(), known.report(), known.periodEnd().getMonthValue());
            }
        }

        /** The annual and the half-year report alone tell when a company's year ends. */
        private void learn(String company, Report report, int month) {
            switch (report) {
                case ANNUAL -> fiscalYearEnds.put(company, month);
                case HALF -> fiscalYearEnds.put(company, (month + 5) % 12 + 1);
                case FIRST_QUARTER, THIRD_QUARTER -> {
                    // Either may end in the same month.
                }
            }
        }

        /** Filings of the dates, of which the last one read before may have grown since; and those still awaited. */
        Window window(StatementProgress progress, LocalDate from, LocalDate to)
                throws DartException, InterruptedException {
            Window window = new Window(progress.lost());
            if (time.now().isAfter(end)) {
                window.complete = false;
                return window;
            }
            List<AnnouncedReport> announced = client.reports(from, to);
            announced.forEach(report -> receiptDates.put(report.receipt(), report.received()));
            Map<String, Filing> wanted = new LinkedHashMap<>();
            progress.awaited().forEach(filing -> wanted.put(filing.receipt(), filing));
            filings(announced).forEach(filing -> wanted.put(filing.receipt(), filing));
            wanted.keySet().removeAll(stored);
            wanted.keySet().removeAll(progress.lost());
            ask(List.copyOf(wanted.values()), window);
            return window;
        }

        /** Those that bring figures, of companies with a share. */
        private List<Filing> filings(List<AnnouncedReport> announced) throws DartException, InterruptedException {
            if (announced.isEmpty()) {
                return List.of();
            }
            if (symbols.isEmpty()) {
                Map<String, String> all = new HashMap<>();
                for (Company company : client.companies()) {
                    all.put(company.number(), company.symbol());
                }
                symbols = all;
            }
            for (AnnouncedReport report : announced) {
                switch (report.form()) {
                    case ANNUAL ->
                        learn(
                                report.company(),
                                Report.ANNUAL,
                                report.periodEnd().getMonthValue());
                    case HALF ->
                        learn(report.company(), Report.HALF, report.periodEnd().getMonthValue());
                    case QUARTER -> {
                        // Does not tell.
                    }
                }
            }
            List<Filing> filings = new ArrayList<>();
            for (AnnouncedReport report : announced) {
                Optional<String> symbol =
                        Optional.ofNullable(symbols.get(report.company())).or(report::symbol);
                if (symbol.isPresent() && report.figures()) {
                    filings.add(new Filing(
                            report.company(),
                            symbol.get(),
                            report.report(fiscalYearEnd(report)),
                            report.periodEnd(),
                            report.receipt(),
                            report.received()));
                }
            }
            return filings;
        }

        /** Where no report has told yet: years end in December, but for quarters that such a year does not have. */
        private int fiscalYearEnd(AnnouncedReport report) {
            int usual = report.periodEnd().getMonthValue() % 6 == 0 ? 3 : DECEMBER;
            return fiscalYearEnds.getOrDefault(report.company(), usual);
        }

        private void ask(List<Filing> wanted, Window window) throws DartException, InterruptedException {
            record Question(int year, Report report) {}
            Map<Question, List<Filing>> questions = new LinkedHashMap<>();
            for (Filing filing : wanted) {
                questions
                        .computeIfAbsent(
                                new Question(filing.periodEnd().getYear(), filing.report()), _ -> new ArrayList<>())
                        .add(filing);
            }
            for (Map.Entry<Question, List<Filing>> question : questions.entrySet()) {
                List<Filing> filings = question.getValue();
                for (int from = 0; from < filings.size(); from += COMPANIES_A_STEP) {
                    if (time.now().isAfter(end)) {
                        window.complete = false;
                        return;
                    }
                    step(
                            question.getKey().year(),
                            question.getKey().report(),
                            filings.subList(from, Math.min(filings.size(), from + COMPANIES_A_STEP)),
                            window);
                }
            }
        }

        private void step(int year, Report report, List<Filing> filings, Window window)
                throws DartException, InterruptedException {
            Map<String, ReportedFigures> answers = new HashMap<>();
            List<String> companies =
                    filings.stream().map(Filing::company).distinct().toList();
            for (ReportedFigures answer : client.figures(year, report, companies)) {
                answers.put(answer.company(), answer);
            }
            List<Statement> found = new ArrayList<>();
            try {
                for (Filing filing : filings) {
                    Optional<ReportedFigures> answer = Optional.ofNullable(answers.get(filing.company()))
                            .filter(of -> of.periodEnd()
                                    .map(filing.periodEnd()::equals)
                                    .orElse(true));
                    settle(filing, answer, window);
                    if (answer.isPresent() && stored.add(answer.get().receipt())) {
                        found.add(statement(filing, completed(year, report, answer.get())));
                    }
                }
            } finally {
                window.added += statements.add(found);
            }
        }

        /** Receipts rise with time: a later one in the answer has taken this filing's place for good. */
        private void settle(Filing filing, Optional<ReportedFigures> answer, Window window) {
            int order =
                    answer.map(of -> of.receipt().compareTo(filing.receipt())).orElse(-1);
            if (order > 0) {
                window.lost.add(filing.receipt());
            } else if (order < 0) {
                if (filing.received().plusDays(AWAIT_DAYS).isBefore(today)) {
                    window.absent++;
                } else {
                    window.awaited.add(filing);
                }
            }
        }

        /** The short answer leaves out the revenue of some companies; those without current assets are banks, who have none. */
        private ReportedFigures completed(int year, Report report, ReportedFigures answer)
                throws DartException, InterruptedException {
            boolean whole =
                    answer.figures().revenue() != null || answer.figures().currentAssets() == null;
            if (whole) {
                return answer;
            }
            return client.allFigures(year, report, answer.company())
                    .filter(full -> full.figures().revenue() != null
                            && full.receipt().equals(answer.receipt())
                            && full.consolidated() == answer.consolidated())
                    .orElse(answer);
        }

        private Statement statement(Filing filing, ReportedFigures answer) {
            return new Statement(
                    filing.company(),
                    filing.symbol(),
                    filing.report(),
                    filing.periodEnd(),
                    answer.consolidated(),
                    answer.receipt(),
                    answer.receipt().equals(filing.receipt()) ? filing.received() : received(answer.receipt()),
                    answer.figures());
        }

        /** What the list said, else the date in the number; one that is none counts from today, which is never too early. */
        private LocalDate received(String receipt) {
            LocalDate listed = receiptDates.get(receipt);
            if (listed != null) {
                return listed;
            }
            try {
                return LocalDate.parse(receipt.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
            } catch (DateTimeException e) {
                return today;
            }
        }
    }
}
