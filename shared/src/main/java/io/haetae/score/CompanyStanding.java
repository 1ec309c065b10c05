package io.haetae.score;

import io.haetae.market.Report;
import io.haetae.market.Statement;
import io.haetae.market.StatementFigures;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a company's statements say, as anyone could know it before a session. Null is not known, never zero.
 *
 * <p>Growth compares the fiscal year so far with the same months of the year before, both as the newest filing gives them.
 * A year's income is the last annual one, plus the year so far, less the same months of the year before, again as that
 * filing gives them. Figures of the group and of the company alone are never mixed.
 *
 * @param revenue of the last twelve months, won
 * @param revenueGrowth per cent, like all growths, margins and ratios but the current ratio; null on a base that is not
 *     above zero
 * @param equityGrowth against the same report a year before
 * @param roe net profit of twelve months ÷ equity, the owners' part of both where the filing has them
 * @param debtRatio liabilities ÷ assets
 */
public record CompanyStanding(
        @Nullable Long revenue,
        @Nullable Double revenueGrowth,
        @Nullable Double earningsGrowth,
        @Nullable Double equityGrowth,
        @Nullable Double roe,
        @Nullable Double operatingMargin,
        @Nullable Double netMargin,
        @Nullable Double debtRatio,
        @Nullable Double currentRatio) {

    /** Receipts further back than this tell nothing that is used. */
    public static final int MONTHS_BACK = 18;

    /** A company whose newest period ended longer ago has stopped filing. */
    private static final int STALE_MONTHS = 12;

    /** All characters of a company's symbols but the last, which tells its classes of shares apart. */
    private static final int COMPANY_CHARACTERS = 5;

    /**
     * The standing of each company, by {@link #company}. A filing has a date and no hour, so it counts from the session after
     * its date: what was received on the session itself is left out, as is a correction until it came.
     */
    public static Map<String, CompanyStanding> asOf(LocalDate session, List<Statement> statements) {
        Map<String, Map<Statement.Id, Statement>> versions = new HashMap<>();
        for (Statement statement : statements) {
            if (statement.received().isBefore(session)) {
                Statement.Id id = statement.id();
                versions.computeIfAbsent(company(statement.symbol()), _ -> new HashMap<>())
                        .merge(
                                new Statement.Id(id.company(), id.report(), id.periodEnd(), id.consolidated(), ""),
                                statement,
                                (a, b) -> a.receipt().compareTo(b.receipt()) >= 0 ? a : b);
            }
        }
        Map<String, CompanyStanding> standings = new HashMap<>();
        versions.forEach((company, known) ->
                of(session, List.copyOf(known.values())).ifPresent(standing -> standings.put(company, standing)));
        return standings;
    }

    /** What the symbols of all classes of a company's shares have in common: a preferred share has no statements of its own. */
    public static String company(String symbol) {
        return symbol.substring(0, Math.min(symbol.length(), COMPANY_CHARACTERS));
    }

    private static Optional<CompanyStanding> of(LocalDate session, List<Statement> known) {
        Optional<Statement> found = known.stream()
                .max(Comparator.comparing(Statement::periodEnd)
                        .thenComparing(Statement::consolidated)
                        .thenComparing(Statement::receipt));
        if (found.isEmpty() || found.get().periodEnd().atEndOfMonth().isBefore(session.minusMonths(STALE_MONTHS))) {
            return Optional.empty();
        }
        Statement newest = found.get();
        Optional<StatementFigures> yearEarlier = find(known, newest, newest.report(), 12);
        Year year = new Year(
                newest, find(known, newest, Report.ANNUAL, newest.report().months() % 12));
        StatementFigures now = newest.figures();
        Long revenue = year.of(StatementFigures::revenue, StatementFigures::priorRevenue);
        Long operating = year.of(StatementFigures::operatingProfit, StatementFigures::priorOperatingProfit);
        Long net = year.of(StatementFigures::netProfit, StatementFigures::priorNetProfit);
        Long owners = year.of(StatementFigures::ownersProfit, StatementFigures::priorOwnersProfit);
        boolean parted = now.ownersProfit() != null && now.priorOwnersProfit() != null;
        return Optional.of(new CompanyStanding(
                revenue,
                growth(now.revenue(), now.priorRevenue()),
                parted
                        ? growth(now.ownersProfit(), now.priorOwnersProfit())
                        : growth(now.netProfit(), now.priorNetProfit()),
                growth(now.equity(), yearEarlier.map(StatementFigures::equity).orElse(null)),
                owners != null && now.ownersEquity() != null
                        ? percent(owners, now.ownersEquity())
                        : percent(net, now.equity()),
                percent(operating, revenue),
                percent(net, revenue),
                percent(now.liabilities(), now.assets()),
                ratio(now.currentAssets(), now.currentLiabilities())));
    }

    /** The statement of the same company and basis that ended so many months before. */
    private static Optional<StatementFigures> find(
            List<Statement> known, Statement newest, Report report, int monthsBefore) {
        return known.stream()
                .filter(statement -> statement.report() == report
                        && statement.consolidated() == newest.consolidated()
                        && statement.company().equals(newest.company())
                        && statement.periodEnd().plusMonths(monthsBefore).equals(newest.periodEnd()))
                .findFirst()
                .map(Statement::figures);
    }

    /** Twelve months that end with the newest report. */
    private record Year(Statement newest, Optional<StatementFigures> annual) {

        @Nullable
        Long of(
                Function<StatementFigures, @Nullable Long> toDate,
                Function<StatementFigures, @Nullable Long> sameMonthsBefore) {
            Long now = toDate.apply(newest.figures());
            if (newest.report() == Report.ANNUAL) {
                return now;
            }
            Long before = sameMonthsBefore.apply(newest.figures());
            Long whole = annual.isPresent() ? toDate.apply(annual.get()) : null;
            return now == null || before == null || whole == null ? null : whole + now - before;
        }
    }

    private static @Nullable Double growth(@Nullable Long now, @Nullable Long before) {
        Double ratio = ratio(now, before);
        return ratio == null ? null : (ratio - 1) * 100;
    }

    private static @Nullable Double percent(@Nullable Long part, @Nullable Long whole) {
        Double ratio = ratio(part, whole);
        return ratio == null ? null : ratio * 100;
    }

    /** Null on a base that is not above zero: such a ratio says nothing. */
    private static @Nullable Double ratio(@Nullable Long part, @Nullable Long whole) {
        return part == null || whole == null || whole <= 0 ? null : (double) part / whole;
    }
}
