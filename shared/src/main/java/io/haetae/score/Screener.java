package io.haetae.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds shares against {@link Criteria}. A figure that one share lacks rejects it; a figure that every share lacks has no
 * source here, so its criterion is off and a warning says so.
 */
public final class Screener {

    /** Falling composite score, unknown last, then symbol: the one order of rank. */
    public static final Comparator<Score> BY_RANK = Comparator.comparing(
                    Score::composite, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(Score::symbol);

    private final Criteria criteria;

    public Screener(Criteria criteria) {
        this.criteria = criteria;
    }

    /** @param market every score of the run, since what no share has decides which criteria are off */
    public Screening screen(List<Score> market) {
        Set<Test> on = suppliedBy(market);
        List<String> warnings = new ArrayList<>();
        if (!market.isEmpty() && on.size() < Test.values().length) {
            warnings.add("screening criteria off, no source feeds them: "
                    + EnumSet.complementOf(copy(on)).stream().map(Test::text).collect(Collectors.joining(", ")));
        }
        List<Score> passed = new ArrayList<>();
        SortedMap<String, List<String>> rejected = new TreeMap<>();
        for (Score score : market) {
            List<String> violations = violations(score, on, true);
            if (violations.isEmpty()) {
                passed.add(score);
            } else {
                rejected.put(score.symbol(), violations);
            }
        }
        if (passed.isEmpty() && !market.isEmpty()) {
            warnings.add(nothingPassed(market, on));
        }
        passed.sort(Comparator.comparing((Score score) -> !undervalued(score)).thenComparing(BY_RANK));
        return new Screening(passed, rejected, warnings);
    }

    /** Known figures of one share that break a criterion; a figure that is not known breaks none. */
    public List<String> violations(Score score) {
        return violations(score, EnumSet.allOf(Test.class), false);
    }

    public boolean undervalued(Score score) {
        Double pbr = score.pbr();
        return pbr != null && pbr > 0 && pbr < criteria.undervaluedPbr();
    }

    private List<String> violations(Score score, Set<Test> on, boolean missingRejects) {
        List<String> violations = new ArrayList<>();
        for (Test test : on) {
            Double actual = test.figure.apply(score);
            if (actual == null) {
                if (missingRejects) {
                    violations.add(test.text() + " unknown");
                }
            } else if (!test.holds(actual, criteria)) {
                violations.add(
                        "%s %s limit %s".formatted(test.text(), test.print(actual), test.print(test.limit(criteria))));
            }
        }
        return violations;
    }

    private static Set<Test> suppliedBy(List<Score> market) {
        Set<Test> supplied = EnumSet.noneOf(Test.class);
        for (Test test : Test.values()) {
            if (market.stream().anyMatch(score -> test.figure.apply(score) != null)) {
                supplied.add(test);
            }
        }
        return supplied;
    }

    private static EnumSet<Test> copy(Set<Test> tests) {
        EnumSet<Test> copy = EnumSet.noneOf(Test.class);
        copy.addAll(tests);
        return copy;
    }

    private String nothingPassed(List<Score> market, Set<Test> on) {
        StringBuilder text = new StringBuilder("the screen rejected all %d shares:".formatted(market.size()));
        for (Test test : on) {
            long rejected = market.stream()
                    .filter(score -> !violations(score, EnumSet.of(test), true).isEmpty())
                    .count();
            if (rejected > 0) {
                text.append(' ').append(test.text()).append(' ').append(rejected);
            }
        }
        return text.toString();
    }

    /** The criteria in the order they are judged: history, liquidity, volatility, valuation, health. */
    private enum Test {
        BARS(score -> (double) score.bars()),
        AVERAGE_VOLUME(score -> score.measures().averageVolume()),
        AVERAGE_VALUE(score -> score.measures().averageValue()),
        VOLATILITY(Score::volatility),
        PER(Score::per),
        PBR(Score::pbr),
        DEBT_RATIO(score -> score.financials().debtRatio());

        private final Function<Score, @Nullable Double> figure;

        Test(Function<Score, @Nullable Double> figure) {
            this.figure = figure;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        double limit(Criteria criteria) {
            return switch (this) {
                case BARS -> criteria.minBars();
                case AVERAGE_VOLUME -> criteria.minAverageVolume();
                case AVERAGE_VALUE -> criteria.minAverageValue();
                case VOLATILITY -> criteria.maxVolatility();
                case PER -> criteria.maxPer();
                case PBR -> criteria.maxPbr();
                case DEBT_RATIO -> criteria.maxDebtRatio();
            };
        }

        boolean holds(double actual, Criteria criteria) {
            return switch (this) {
                case BARS, AVERAGE_VOLUME, AVERAGE_VALUE -> actual >= limit(criteria);
                case VOLATILITY, DEBT_RATIO -> actual <= limit(criteria);
                // A loss is not a low price.
                case PER, PBR -> actual > 0 && actual <= limit(criteria);
            };
        }

        String print(double figure) {
            return switch (this) {
                case BARS, AVERAGE_VOLUME, AVERAGE_VALUE -> String.format(Locale.ROOT, "%.0f", figure);
                case VOLATILITY -> String.format(Locale.ROOT, "%.1f %%", figure * 100);
                case PER, PBR -> String.format(Locale.ROOT, "%.2f", figure);
                case DEBT_RATIO -> String.format(Locale.ROOT, "%.1f %%", figure);
            };
        }
    }
}
