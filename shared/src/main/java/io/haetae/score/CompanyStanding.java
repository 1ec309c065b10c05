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
 * @param profit net, of the last twelve months, won, the owners' part where the filing has it
 * @param equity won, the owners' part where the filing has it
 * @param profitGrowth of twelve months against the twelve before, of the size of those; null on a base of zero
 * @param revenueGrowth per cent, like all growths, margins and ratios but the current ratio; null on a base that is not
 *     above zero
 * @param equityGrowth against the same report a year before
 * @param roe net profit of twelve months ÷ equity, the owners' part of both where the filing has them
 * @param roa net profit of twelve months ÷ assets
 * @param debtRatio liabilities ÷ assets
 */
public record CompanyStanding(
        @Nullable Long revenue,
        @Nullable Long profit,
        @Nullable Long equity,
        @Nullable Double profitGrowth,
        @Nullable Double revenueGrowth,
        @Nullable Double earningsGrowth,
        @Nullable Double equityGrowth,
        @Nullable Double roe,
        @Nullable Double roa,
        @Nullable Double operatingMargin,
        @Nullable Double netMargin,
        @Nullable Double debtRatio,
        @Nullable Double currentRatio,
        CompanyHistory history) {

    /** Receipts further back than this tell nothing that is used: eight quarters, and the last one's age. */
    public static final int MONTHS_BACK = 27;

    /** Of a company that never filed. */
    public static final CompanyStanding UNKNOWN = new CompanyStanding(
            null, null, null, null, null, null, null, null, null, null, null, null, null, CompanyHistory.UNKNOWN);

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
        List<Statement> basis = known.stream()
                .filter(statement -> statement.consolidated() == newest.consolidated()
                        && statement.company().equals(newest.company()))
                .toList();
        Optional<StatementFigures> yearEarlier = find(basis, newest, newest.report(), 12);
        Year year = new Year(
                newest, find(basis, newest, Report.ANNUAL, newest.report().months() % 12), yearEarlier);
        StatementFigures now = newest.figures();
        Income profit = now.ownersProfit() != null && now.priorOwnersProfit() != null ? Income.OWNERS : Income.NET;
        Long revenue = year.of(Income.REVENUE);
        Long net = year.of(Income.NET);
        Long owners = year.of(Income.OWNERS);
        Long earned = owners == null ? net : owners;
        return Optional.of(new CompanyStanding(
                revenue,
                earned,
                now.ownersEquity() == null ? now.equity() : now.ownersEquity(),
                change(earned, year.before(owners == null ? Income.NET : Income.OWNERS)),
                growth(now.revenue(), now.priorRevenue()),
                growth(profit.now.apply(now), profit.before.apply(now)),
                growth(now.equity(), yearEarlier.map(StatementFigures::equity).orElse(null)),
                owners != null && now.ownersEquity() != null
                        ? percent(owners, now.ownersEquity())
                        : percent(net, now.equity()),
                percent(net, now.assets()),
                percent(year.of(Income.OPERATING), revenue),
                percent(net, revenue),
                percent(now.liabilities(), now.assets()),
                ratio(now.currentAssets(), now.currentLiabilities()),
                Quarters.history(newest, basis, profit)));
    }

    /** The statement that ended so many months before. */
    private static Optional<StatementFigures> find(
            List<Statement> basis, Statement newest, Report report, int monthsBefore) {
        return basis.stream()
                .filter(statement -> statement.report() == report
                        && statement.periodEnd().plusMonths(monthsBefore).equals(newest.periodEnd()))
                .findFirst()
                .map(Statement::figures);
    }

    /** What runs over the fiscal year so far: as a filing gives it, and of the same months of the year before. */
    enum Income {
        REVENUE(StatementFigures::revenue, StatementFigures::priorRevenue),
        OPERATING(StatementFigures::operatingProfit, StatementFigures::priorOperatingProfit),
        NET(StatementFigures::netProfit, StatementFigures::priorNetProfit),
        OWNERS(StatementFigures::ownersProfit, StatementFigures::priorOwnersProfit);

        final Function<StatementFigures, @Nullable Long> now;
        final Function<StatementFigures, @Nullable Long> before;

        Income(Function<StatementFigures, @Nullable Long> now, Function<StatementFigures, @Nullable Long> before) {
            this.now = now;
            this.before = before;
        }
    }

    /** Twelve months that end with the newest report, and the twelve before. */
    private record Year(Statement newest, Optional<StatementFigures> annual, Optional<StatementFigures> yearEarlier) {

        @Nullable
        Long of(Income income) {
            Long now = income.now.apply(newest.figures());
            return newest.report() == Report.ANNUAL
                    ? now
                    : turned(annual.map(income.now).orElse(null), now, income.before.apply(newest.figures()));
        }

        @Nullable
        Long before(Income income) {
            Long now = income.before.apply(newest.figures());
            return newest.report() == Report.ANNUAL
                    ? now
                    : turned(
                            annual.map(income.before).orElse(null),
                            now,
                            yearEarlier.map(income.before).orElse(null));
        }

        private static @Nullable Long turned(@Nullable Long whole, @Nullable Long now, @Nullable Long before) {
            return now == null || before == null || whole == null ? null : whole + now - before;
        }
    }

    /** Of the size of the base, which may be below zero: from −100 to −50 is 50 %. */
    private static @Nullable Double change(@Nullable Long now, @Nullable Long before) {
        return now == null || before == null || before == 0
                ? null
                : Double.valueOf(((double) now - before) / Math.abs((double) before) * 100);
    }

    private static @Nullable Double growth(@Nullable Long now, @Nullable Long before) {
        Double ratio = ratio(now, before);
        return ratio == null ? null : (ratio - 1) * 100;
    }

    static @Nullable Double percent(@Nullable Long part, @Nullable Long whole) {
        Double ratio = ratio(part, whole);
        return ratio == null ? null : ratio * 100;
    }

    /** Null on a base that is not above zero: such a ratio says nothing. */
    private static @Nullable Double ratio(@Nullable Long part, @Nullable Long whole) {
        return part == null || whole == null || whole <= 0 ? null : (double) part / whole;
    }
}
