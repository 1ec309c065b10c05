package io.haetae.score;

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
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scores the whole market after one session.
 *
 * <p>A component is the mean of its known metrics, the composite the mean of its known components: what is missing is
 * left out, never counted as zero, and its share is reported as data quality. Ranks are over the run.
 */
public final class Scorer {

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
                    standings.getOrDefault(company, CompanyStanding.UNKNOWN),
                    companies.get(row.symbol()),
                    shares.getOrDefault(company, 0L)));
        }
        Set<Metric> supplied = supplied(metric -> subjects.stream().anyMatch(subject -> subject.value(metric) != null));
        double[] composites = subjects.stream()
                .flatMap(subject -> Stream.ofNullable(subject.composite()))
                .mapToDouble(composite -> composite)
                .sorted()
                .toArray();
        List<Score> scores = subjects.stream()
                .map(subject -> subject.score(composites, supplied.size()))
                .toList();
        return new ScoreSheet(day.session(), indicators.revision(), scores, warnings(supplied, subjects.isEmpty()));
    }

    /** The metrics that some share has; what none has is fed by no source. */
    public static Set<Metric> supplied(List<Score> scores) {
        return supplied(metric ->
                scores.stream().anyMatch(score -> metric.value(score.measures(), score.financials()) != null));
    }

    private static Set<Metric> supplied(Predicate<Metric> some) {
        Set<Metric> supplied = EnumSet.noneOf(Metric.class);
        Arrays.stream(Metric.values()).filter(some).forEach(supplied::add);
        return supplied;
    }

    private static List<String> warnings(Set<Metric> supplied, boolean empty) {
        EnumSet<Metric> absent = EnumSet.allOf(Metric.class);
        absent.removeAll(supplied);
        if (empty || absent.isEmpty()) {
            return List.of();
        }
        String names = absent.stream().map(Metric::text).collect(Collectors.joining(", "));
        return List.of("left out of every score, no source feeds them: " + names);
    }

    /** Share of composites that are not above this one, per cent with 2 decimals: equal composites rank alike. */
    static double percentile(double[] sorted, double composite) {
        int notAbove = Arrays.binarySearch(sorted, composite) + 1;
        while (notAbove < sorted.length && sorted[notAbove] == composite) {
            notAbove++;
        }
        return Math.round(notAbove * 10_000.0 / sorted.length) / 100.0;
    }

    /** A share on its way to its score. */
    private record Subject(
            DailyRow row,
            int bars,
            Measures measures,
            Financials financials,
            CompanyHistory history,
            Explanation explanation) {

        static Subject of(
                DailyRow row,
                @Nullable IndicatorSet set,
                CompanyStanding standing,
                @Nullable Fundamentals fundamentals,
                long companyShares) {
            Measures measures = set == null ? Measures.UNKNOWN : Measures.of(set);
            Financials financials = Financials.of(fundamentals, row.close(), standing, companyShares);
            return new Subject(
                    row,
                    set == null ? 0 : set.bars(),
                    measures,
                    financials,
                    standing.history(),
                    Explanation.of(measures, financials, standing.history()));
        }

        @Nullable
        Double value(Metric metric) {
            return metric.value(measures, financials);
        }

        @Nullable
        Double composite() {
            return explanation.composite().score();
        }

        private @Nullable Double of(Component component) {
            return explanation.component(component).score();
        }

        Score score(double[] composites, int supplied) {
            Double composite = composite();
            return new Score(
                    row.symbol(),
                    row.name(),
                    row.market(),
                    row.close(),
                    row.volume(),
                    row.value(),
                    row.shares(),
                    row.traded(),
                    bars,
                    measures,
                    financials,
                    history,
                    of(Component.VALUE),
                    of(Component.GROWTH),
                    of(Component.QUALITY),
                    of(Component.MOMENTUM),
                    composite,
                    explanation.stability().score(),
                    composite == null ? null : Double.valueOf(percentile(composites, composite)),
                    supplied == 0 ? 0 : explanation.metricsKnown() * 100.0 / supplied);
        }
    }
}
