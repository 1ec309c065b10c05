package io.haetae.score;

import io.haetae.market.Statement;
import io.haetae.market.StatementFigures;
import io.haetae.score.CompanyStanding.Income;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Single quarters out of reports that run from the start of the fiscal year. */
final class Quarters {

    private static final int MONTHS = 3;
    private static final int YEAR = 12;

    /** The first months of a fiscal year. */
    private record Span(YearMonth start, int months) {}

    private Quarters() {}

    /**
     * The last eight quarters up to the newest report's end. A quarter is what a report says less what the one before it in
     * the same fiscal year says; where two filings tell of the same months, the newer one is believed.
     *
     * @param basis statements of one company, all of the group or all of the company alone
     */
    static CompanyHistory history(Statement newest, List<Statement> basis, Income profit) {
        Map<Span, Long> spans = new HashMap<>();
        Map<YearMonth, Double> debtRatios = new HashMap<>();
        List<Statement> oldestFirst = basis.stream()
                .sorted(Comparator.comparing(Statement::periodEnd).thenComparing(Statement::receipt))
                .toList();
        for (Statement statement : oldestFirst) {
            StatementFigures figures = statement.figures();
            YearMonth start = start(statement);
            int months = statement.report().months();
            put(spans, new Span(start, months), profit.now.apply(figures));
            put(spans, new Span(start.minusMonths(YEAR), months), profit.before.apply(figures));
            Double debtRatio = CompanyStanding.percent(figures.liabilities(), figures.assets());
            if (debtRatio != null) {
                debtRatios.put(statement.periodEnd(), debtRatio);
            }
        }
        double[] earnings = new double[CompanyHistory.QUARTERS];
        double[] debts = new double[CompanyHistory.QUARTERS];
        Arrays.fill(earnings, Double.NaN);
        for (int i = 0; i < earnings.length; i++) {
            YearMonth end = newest.periodEnd().minusMonths((long) MONTHS * (earnings.length - 1 - i));
            Long earned = earned(spans, start(newest), end);
            earnings[i] = earned == null ? Double.NaN : earned;
            debts[i] = debtRatios.getOrDefault(end, Double.NaN);
        }
        return CompanyHistory.of(earnings, debts);
    }

    private static void put(Map<Span, Long> spans, Span span, @Nullable Long won) {
        if (won != null) {
            spans.put(span, won);
        }
    }

    private static YearMonth start(Statement statement) {
        return statement.periodEnd().minusMonths(statement.report().months() - 1L);
    }

    /** @param anyStart first month of any fiscal year of the company */
    private static @Nullable Long earned(Map<Span, Long> spans, YearMonth anyStart, YearMonth end) {
        int months = Math.floorMod((int) ChronoUnit.MONTHS.between(anyStart, end), YEAR) + 1;
        YearMonth start = end.minusMonths(months - 1L);
        Long whole = spans.get(new Span(start, months));
        if (whole == null || months == MONTHS) {
            return whole;
        }
        Long before = spans.get(new Span(start, months - MONTHS));
        return before == null ? null : Long.valueOf(whole - before);
    }
}
