package io.haetae.local.market;

import io.haetae.calendar.TradingCalendar;
import io.haetae.local.market.CompanyReport.Line;
import io.haetae.local.market.CompanyReport.Lines;
import io.haetae.market.Report;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All periodic reports of a market's companies, from the year 2023 on, made to fit what their shares are quoted with:
 * twelve months' net profit and equity are the earnings and book values that the broker shows in the quarter after the
 * period. Most companies file in the last days before the legal date; a few correct later what they filed. One in four has
 * no group, some are banks, some close their year in March.
 */
public final class CompanyReports {

    private static final int FIRST_YEAR = 2023;
    private static final long MILLION = 1_000_000;
    private static final double[] SEASONS = {0.94, 1.0, 0.97, 1.09};

    private final long seed;
    private final TradingCalendar calendar;
    private final List<CompanyReport> all = new ArrayList<>();

    private CompanyReports(long seed, TradingCalendar calendar) {
        this.seed = seed;
        this.calendar = calendar;
    }

    /** By receipt, up to the end of the calendar. */
    public static List<CompanyReport> of(SimulatedMarket market, TradingCalendar calendar) {
        CompanyReports reports = new CompanyReports(Rng.hash(market.world()), calendar);
        List<CompanyAccounts> companies = market.companies();
        for (int i = 0; i < companies.size(); i++) {
            reports.file(companies.get(i), i);
        }
        return reports.numbered();
    }

    /** Eight digits, told from the company's place. */
    public static String number(int place) {
        return String.format(Locale.ROOT, "%08d", 100_000 + 37 * place);
    }

    /** What kind of company it is, drawn once. */
    private record Nature(
            boolean bank,
            boolean grouped,
            boolean unnamed,
            int yearEnd,
            double debts,
            double current,
            double currentRatio,
            double turnover,
            double growth) {

        static Nature of(CompanyAccounts accounts, Rng rng) {
            boolean sound = accounts.profit(accounts.firstQuarter()) > 0.11 * accounts.equity(accounts.firstQuarter());
            boolean bank = !sound && rng.chance(0.03);
            return new Nature(
                    bank,
                    rng.chance(0.75),
                    rng.chance(0.01),
                    rng.chance(0.02) ? 3 : 12,
                    bank ? rng.between(0.88, 0.94) : sound ? rng.between(0.2, 0.45) : rng.between(0.2, 0.8),
                    rng.between(0.3, 0.6),
                    sound ? rng.between(1.4, 2.6) : rng.between(0.6, 2.6),
                    sound ? rng.between(1.1, 1.7) : rng.between(0.5, 2.0),
                    sound ? rng.between(0.008, 0.04) : 0.025 * rng.bell());
        }
    }

    /** One company's books while its reports are made; quarters are year × 4 + 0 to 3. */
    private static final class Books {
        private final CompanyAccounts accounts;
        private final Nature nature;
        private final Map<Integer, Long> profits = new HashMap<>();

        Books(CompanyAccounts accounts, Nature nature) {
            this.accounts = accounts;
            this.nature = nature;
        }

        /** What the broker shows of a period it shows in the quarter after. */
        long year(int quarter) {
            return Math.round(accounts.profit(quarter + 1) / MILLION) * MILLION;
        }

        long equity(int quarter) {
            return Math.round(accounts.equity(quarter + 1) / MILLION) * MILLION;
        }

        /** Net profit of three months, such that any four in a row are the year's. */
        long profit(int quarter) {
            Long known = profits.get(quarter);
            if (known == null) {
                known = quarter < (FIRST_YEAR - 1) * 4
                        ? year(quarter) / 4
                        : year(quarter) - profit(quarter - 1) - profit(quarter - 2) - profit(quarter - 3);
                profits.put(quarter, known);
            }
            return known;
        }

        long operatingProfit(int quarter) {
            long profit = profit(quarter);
            return Math.round(profit > 0 ? profit / 0.78 : profit * 0.9);
        }

        long revenue(int quarter) {
            double grown = StrictMath.pow(1 + nature.growth(), (double) quarter - accounts.firstQuarter());
            double base = accounts.equity(accounts.firstQuarter()) * nature.turnover() / 4;
            return Math.round(base * grown * SEASONS[Math.floorMod(quarter, 4)] / MILLION) * MILLION;
        }
    }

    private void file(CompanyAccounts accounts, int place) {
        Rng rng = new Rng(Rng.mix(seed, Rng.hash(accounts.share().symbol())));
        Nature nature = Nature.of(accounts, rng);
        Books books = new Books(accounts, nature);
        int founded = 1960 + rng.below(55);
        int last = calendar.lastKnown().getYear() * 4 + 3;
        for (int quarter = FIRST_YEAR * 4; quarter <= last; quarter++) {
            YearMonth end = YearMonth.of(quarter / 4, quarter % 4 * 3 + 3);
            int months = Math.floorMod(end.getMonthValue() - nature.yearEnd() - 1, 12) + 1;
            Report report =
                    switch (months) {
                        case 3 -> Report.FIRST_QUARTER;
                        case 6 -> Report.HALF;
                        case 9 -> Report.THIRD_QUARTER;
                        default -> Report.ANNUAL;
                    };
            LocalDate due = end.atEndOfMonth().plusDays(report == Report.ANNUAL ? 90 : 45);
            int early = rng.chance(0.6) ? rng.below(4) : 4 + rng.below(17);
            boolean corrected = rng.chance(0.03);
            int later = 5 + rng.below(55);
            double wrong = rng.between(0.9, 1.1);
            boolean late = early == 0 && rng.chance(0.1);
            LocalDate received = sessionAt(due, early);
            if (received.isBefore(accounts.share().listed()) || !received.isBefore(calendar.lastKnown())) {
                continue;
            }
            int term = end.getYear() - founded + (months == 12 ? 0 : end.getMonthValue() > nature.yearEnd() ? 1 : 0);
            add(place, books, report, quarter, term, received, false, late, corrected ? wrong : 1);
            LocalDate again = received.plusDays(later);
            if (corrected && again.isBefore(calendar.lastKnown())) {
                add(place, books, report, quarter, term, sessionAt(again, 0), true, false, 1);
            }
        }
    }

    /** The session so many days before {@code date}, or the next one. */
    private LocalDate sessionAt(LocalDate date, int daysBefore) {
        LocalDate day = date.minusDays(daysBefore);
        return calendar.isSession(day) || !day.isBefore(calendar.lastKnown())
                ? day
                : calendar.next(day).date();
    }

    private void add(
            int place,
            Books books,
            Report report,
            int quarter,
            int term,
            LocalDate received,
            boolean correction,
            boolean late,
            double wrong) {
        Nature nature = books.nature;
        int quarters = report.months() / 3;
        Lines alone = lines(books, quarter, quarters, wrong, nature.grouped() ? 0.85 : 1);
        all.add(new CompanyReport(
                number(place),
                books.accounts.share(),
                report,
                YearMonth.of(quarter / 4, quarter % 4 * 3 + 3),
                term,
                "",
                received,
                correction,
                late,
                nature.grouped() ? lines(books, quarter, quarters, wrong, 1) : null,
                alone,
                nature.unnamed()));
    }

    /** @param part of the group that the company alone is */
    private static Lines lines(Books books, int quarter, int quarters, double wrong, double part) {
        Nature nature = books.nature;
        long equity = scaled(books.equity(quarter), part);
        long assets = scaled(Math.round(equity / (1 - nature.debts())), 1);
        long liabilities = assets - equity;
        long currentAssets = scaled(assets, nature.current());
        long currentLiabilities = Math.min(liabilities, scaled(currentAssets, 1 / nature.currentRatio()));
        List<Line> income = new ArrayList<>();
        if (!nature.bank()) {
            income.add(line(Line.Kind.REVENUE, books::revenue, quarter, quarters, 1, part));
        }
        income.add(line(Line.Kind.OPERATING_PROFIT, books::operatingProfit, quarter, quarters, wrong, part));
        income.add(line(Line.Kind.NET_PROFIT, books::profit, quarter, quarters, wrong, part));
        return new Lines(
                assets,
                nature.bank() ? null : currentAssets,
                liabilities,
                nature.bank() ? null : currentLiabilities,
                equity,
                income);
    }

    private interface Flow {
        long in(int quarter);
    }

    private static Line line(Line.Kind kind, Flow flow, int quarter, int quarters, double wrong, double part) {
        return new Line(
                kind,
                scaled(flow.in(quarter), wrong * part),
                scaled(sum(flow, quarter, quarters), wrong * part),
                scaled(flow.in(quarter - 4), part),
                scaled(sum(flow, quarter - 4, quarters), part));
    }

    private static long sum(Flow flow, int quarter, int quarters) {
        long sum = 0;
        for (int back = 0; back < quarters; back++) {
            sum += flow.in(quarter - back);
        }
        return sum;
    }

    private static long scaled(long won, double factor) {
        return factor == 1 ? won : Math.round(won * factor / MILLION) * MILLION;
    }

    /** Receipts are the day and a number within it. */
    private List<CompanyReport> numbered() {
        all.sort(Comparator.comparing(CompanyReport::received)
                .thenComparing(report -> report.share().symbol())
                .thenComparing(CompanyReport::periodEnd));
        List<CompanyReport> numbered = new ArrayList<>(all.size());
        LocalDate day = LocalDate.MIN;
        int number = 0;
        for (CompanyReport report : all) {
            number = report.received().equals(day) ? number + 1 : 101;
            day = report.received();
            String receipt = day.format(DateTimeFormatter.BASIC_ISO_DATE) + String.format(Locale.ROOT, "%06d", number);
            numbered.add(new CompanyReport(
                    report.company(),
                    report.share(),
                    report.report(),
                    report.periodEnd(),
                    report.term(),
                    receipt,
                    day,
                    report.correction(),
                    report.late(),
                    report.group(),
                    report.alone(),
                    report.unnamed()));
        }
        return List.copyOf(numbered);
    }
}
