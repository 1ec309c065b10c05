package io.haetae.score;

import io.haetae.indicator.Indicator;
import io.haetae.indicator.IndicatorSet;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.MarketDay;
import io.haetae.market.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Scores the whole market after one session.
 *
 * <p>A component is the mean of its known metrics, the composite the mean of its known components: what is missing is
 * left out, never counted as zero, and its share is reported as data quality. Ranks are over the run.
 */
public final class Scorer {

    private static final ThresholdTable VOLATILITY = ThresholdTable.of(0.15, 100, 0.50, 0);
    private static final ThresholdTable VOLUME_VARIATION = ThresholdTable.of(0.3, 100, 2.0, 0);
    private static final double VOLATILITY_WEIGHT = 0.25;
    private static final double VOLUME_WEIGHT = 0.15;

    private Scorer() {}

    /**
     * @param day the session's rows: one score each
     * @param fundamentals as known on that session; none at all is possible
     * @param statements versions by their receipts; those received on the session or later are not looked at
     * @throws IllegalArgumentException when the indicators were not made of these rows
     */
    public static ScoreSheet score(
            MarketDay day, IndicatorSnapshot indicators, List<Fundamentals> fundamentals, List<Statement> statements) {
        if (!day.session().equals(indicators.session()) || !day.isBehind(indicators.revision())) {
            throw new IllegalArgumentException("rows of %s %s with indicators of %s %s"
                    .formatted(day.session(), day.revision(), indicators.session(), indicators.revision()));
        }
        Map<String, Fundamentals> companies = HashMap.newHashMap(fundamentals.size());
        fundamentals.forEach(company -> companies.put(company.symbol(), company));
        Map<String, CompanyStanding> standings = CompanyStanding.asOf(day.session(), statements);
        Map<String, Long> shares = new HashMap<>();
        day.rows().forEach(row -> shares.merge(CompanyStanding.company(row.symbol()), row.shares(), Long::sum));
        List<Subject> subjects = new ArrayList<>(day.rows().size());
        for (DailyRow row : day.rows()) {
            String company = CompanyStanding.company(row.symbol());
            subjects.add(Subject.of(
                    row,
                    indicators.set(row.symbol()).orElse(null),
                    Financials.of(
                            companies.get(row.symbol()),
                            row.close(),
                            standings.get(company),
                            shares.getOrDefault(company, 0L))));
        }
        Set<Metric> supplied = EnumSet.noneOf(Metric.class);
        for (Metric metric : Metric.values()) {
            if (subjects.stream().anyMatch(subject -> !Double.isNaN(subject.metrics[metric.ordinal()]))) {
                supplied.add(metric);
            }
        }
        double[] composites = subjects.stream()
                .mapToDouble(subject -> subject.composite)
                .filter(composite -> !Double.isNaN(composite))
                .sorted()
                .toArray();
        List<Score> scores = subjects.stream()
                .map(subject -> subject.score(composites, supplied.size()))
                .toList();
        return new ScoreSheet(day.session(), indicators.revision(), scores, warnings(supplied, subjects.isEmpty()));
    }

    private static List<String> warnings(Set<Metric> supplied, boolean empty) {
        EnumSet<Metric> absent = EnumSet.allOf(Metric.class);
        absent.removeAll(supplied);
        if (empty || absent.isEmpty()) {
            return List.of();
        }
        String names = absent.stream()
                .map(metric -> metric.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return List.of("left out of every score, no source feeds them: " + names);
    }

    /** Mean of what is not NaN; NaN when all is. */
    private static double meanOfKnown(double... values) {
        double sum = 0;
        int known = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                known++;
            }
        }
        return known == 0 ? Double.NaN : sum / known;
    }

    /** Parts that cannot be computed give up their weight to the others. */
    static double stability(double volatility, double volumeVariation) {
        double sum = 0;
        double weights = 0;
        if (!Double.isNaN(volatility)) {
            sum += VOLATILITY_WEIGHT * VOLATILITY.score(volatility);
            weights += VOLATILITY_WEIGHT;
        }
        if (!Double.isNaN(volumeVariation)) {
            sum += VOLUME_WEIGHT * VOLUME_VARIATION.score(volumeVariation);
            weights += VOLUME_WEIGHT;
        }
        return weights == 0 ? Double.NaN : sum / weights;
    }

    /** Share of composites that are not above this one, per cent with 2 decimals: equal composites rank alike. */
    static double percentile(double[] sorted, double composite) {
        int notAbove = Arrays.binarySearch(sorted, composite) + 1;
        while (notAbove < sorted.length && sorted[notAbove] == composite) {
            notAbove++;
        }
        return Math.round(notAbove * 10_000.0 / sorted.length) / 100.0;
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** A share on its way to its score. What is not known is NaN here. */
    private static final class Subject {

        private final DailyRow row;
        private final @Nullable IndicatorSet set;
        private final Financials financials;
        private final double[] metrics;
        private final double[] components = new double[Component.values().length];
        private final double composite;

        private Subject(DailyRow row, @Nullable IndicatorSet set, Financials financials, double[] metrics) {
            this.row = row;
            this.set = set;
            this.financials = financials;
            this.metrics = metrics;
            for (Component component : Component.values()) {
                components[component.ordinal()] = meanOfKnown(scoresOf(component));
            }
            this.composite = meanOfKnown(components);
        }

        static Subject of(DailyRow row, @Nullable IndicatorSet set, Financials financials) {
            double[] metrics = new double[Metric.values().length];
            for (Metric metric : Metric.values()) {
                metrics[metric.ordinal()] = value(metric, financials, set);
            }
            return new Subject(row, set, financials, metrics);
        }

        private static double value(Metric metric, Financials financials, @Nullable IndicatorSet set) {
            return switch (metric) {
                case PER -> orNaN(financials.per());
                case PBR -> orNaN(financials.pbr());
                case PSR -> orNaN(financials.psr());
                case DIVIDEND_YIELD -> orNaN(financials.dividendYield());
                case REVENUE_GROWTH -> orNaN(financials.revenueGrowth());
                case EARNINGS_GROWTH -> orNaN(financials.earningsGrowth());
                case EQUITY_GROWTH -> orNaN(financials.equityGrowth());
                case ROE -> orNaN(financials.roe());
                case OPERATING_MARGIN -> orNaN(financials.operatingMargin());
                case NET_MARGIN -> orNaN(financials.netMargin());
                case DEBT_RATIO -> orNaN(financials.debtRatio());
                case CURRENT_RATIO -> orNaN(financials.currentRatio());
                case RSI -> indicator(set, Indicator.RSI14);
                case MACD_HISTOGRAM ->
                    indicator(set, Indicator.MACD_HISTOGRAM) / indicator(set, Indicator.LAST_CLOSE) * 100;
                case PRICE_TREND -> indicator(set, Indicator.PRICE_TREND);
                case VOLUME_TREND -> indicator(set, Indicator.VOLUME_TREND);
            };
        }

        private static double orNaN(@Nullable Double value) {
            return value == null ? Double.NaN : value;
        }

        private static double indicator(@Nullable IndicatorSet set, Indicator indicator) {
            return set == null ? Double.NaN : set.get(indicator);
        }

        private double[] scoresOf(Component component) {
            double[] scores = new double[metrics.length];
            for (Metric metric : Metric.values()) {
                double value = metrics[metric.ordinal()];
                scores[metric.ordinal()] =
                        metric.component() == component && !Double.isNaN(value) ? metric.score(value) : Double.NaN;
            }
            return scores;
        }

        Score score(double[] composites, int supplied) {
            long known =
                    Arrays.stream(metrics).filter(value -> !Double.isNaN(value)).count();
            return new Score(
                    row.symbol(),
                    row.name(),
                    row.market(),
                    row.close(),
                    row.traded(),
                    set == null ? 0 : set.bars(),
                    known(indicator(set, Indicator.VOLATILITY)),
                    known(indicator(set, Indicator.VOLUME_MA20)),
                    known(indicator(set, Indicator.AVERAGE_VALUE20)),
                    known(indicator(set, Indicator.VOLUME_RATIO)),
                    known(indicator(set, Indicator.VOLUME_SURGE)),
                    known(indicator(set, Indicator.ATR14)),
                    financials,
                    known(components[Component.VALUE.ordinal()]),
                    known(components[Component.GROWTH.ordinal()]),
                    known(components[Component.QUALITY.ordinal()]),
                    known(components[Component.MOMENTUM.ordinal()]),
                    known(composite),
                    known(stability(indicator(set, Indicator.VOLATILITY), indicator(set, Indicator.VOLUME_VARIATION))),
                    Double.isNaN(composite) ? null : percentile(composites, composite),
                    supplied == 0 ? 0 : known * 100.0 / supplied);
        }
    }
}
