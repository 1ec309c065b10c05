package io.haetae.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.haetae.indicator.Indicator;
import io.haetae.indicator.IndicatorSet;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.market.Report;
import io.haetae.market.Statement;
import io.haetae.market.StatementFigures;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the scores of any market, however odd its figures and however many of them are missing. */
class ScoreSheetPropertiesTest {

    private static final LocalDate SESSION = LocalDate.of(2025, 11, 20);
    private static final int SHARES = 200;
    private static final int[] DECIMALS = {0, 1, 2, 4};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theNumbersAddUpWhateverTheMarket(long seed) {
        ScoreSheet sheet = sheet(new Random(seed));

        assertThat(sheet.scores()).hasSize(SHARES);
        for (Score score : sheet.scores()) {
            String where = "seed " + seed + ", " + score.symbol();
            Explanation why = Explanation.of(score);
            assertThat(why.composite().score()).as(where).isEqualTo(score.composite());
            assertThat(why.stability().score()).as(where).isEqualTo(score.stability());
            assertThat(score.composite()).as(where).satisfies(value -> isWeightedMean(value, components(score)));
            for (Component component : Component.values()) {
                assertThat(why.component(component).score())
                        .as("%s, %s", where, component)
                        .isEqualTo(of(component, score));
                addsUp(where, why.component(component));
            }
            addsUp(where, why.composite());
            addsUp(where, why.stability());
            addsUp(where, why.debt());
            addsUp(where, why.earnings());
            Stream.of(
                            score.value(),
                            score.growth(),
                            score.quality(),
                            score.momentum(),
                            score.composite(),
                            score.stability(),
                            score.percentile(),
                            score.dataQuality())
                    .filter(Objects::nonNull)
                    .forEach(value -> assertThat(value).as(where).isBetween(0.0, 100.0));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void aBetterCompositeNeverRanksLower(long seed) {
        List<Score> ranked = sheet(new Random(seed)).scores().stream()
                .filter(score -> score.composite() != null)
                .sorted(Comparator.comparing(Score::composite, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();

        for (int i = 1; i < ranked.size(); i++) {
            double below = Objects.requireNonNull(ranked.get(i - 1).percentile());
            double above = Objects.requireNonNull(ranked.get(i).percentile());
            assertThat(above).as("seed %d, rank %d", seed, i).isGreaterThanOrEqualTo(below);
            if (Objects.equals(ranked.get(i).composite(), ranked.get(i - 1).composite())) {
                assertThat(above).as("seed %d, equals", seed).isEqualTo(below);
            }
        }
        assertThat(ranked.getLast().percentile()).as("seed %d", seed).isEqualTo(100);
    }

    private static List<@Nullable Double> components(Score score) {
        return Arrays.asList(score.value(), score.growth(), score.quality(), score.momentum());
    }

    private static void isWeightedMean(@Nullable Double composite, List<@Nullable Double> components) {
        double sum = 0;
        double weights = 0;
        for (Double component : components) {
            if (component != null) {
                sum += 0.25 * component;
                weights += 0.25;
            }
        }
        if (composite == null) {
            assertThat(weights).isZero();
        } else {
            assertThat(composite).isCloseTo(sum / weights, within(1e-9));
        }
    }

    private static void addsUp(String where, Weighted mean) {
        Double score = mean.score();
        for (int decimals : DECIMALS) {
            BigDecimal sum = mean.points(decimals).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum)
                    .as("%s, %d decimals", where, decimals)
                    .isEqualByComparingTo(score == null ? BigDecimal.ZERO : Weighted.rounded(score, decimals));
        }
    }

    private static @Nullable Double of(Component component, Score score) {
        return switch (component) {
            case VALUE -> score.value();
            case GROWTH -> score.growth();
            case QUALITY -> score.quality();
            case MOMENTUM -> score.momentum();
        };
    }

    private static ScoreSheet sheet(Random random) {
        List<DailyRow> rows = new ArrayList<>();
        List<IndicatorSet> sets = new ArrayList<>();
        List<Fundamentals> fundamentals = new ArrayList<>();
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < SHARES; i++) {
            String symbol = "%05d0".formatted(i);
            rows.add(new DailyRow(
                    symbol,
                    "회사",
                    KrxMarket.KOSPI,
                    100,
                    100,
                    100,
                    1 + random.nextInt(50_000),
                    0,
                    10,
                    10,
                    random.nextInt(5)));
            if (random.nextInt(5) > 0) {
                sets.add(indicators(symbol, random));
            }
            if (random.nextInt(3) > 0) {
                fundamentals.add(
                        new Fundamentals(symbol, figure(random), figure(random), figure(random), figure(random)));
            }
            for (int filing = 0; filing < random.nextInt(7); filing++) {
                statements.add(statement(symbol, filing, random));
            }
        }
        MarketDay day = new MarketDay(SESSION, PriceSource.OFFICIAL, "a", rows);
        return Scorer.score(day, new IndicatorSnapshot(SESSION, "a", sets), fundamentals, statements);
    }

    private static IndicatorSet indicators(String symbol, Random random) {
        double[] values = new double[Indicator.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian() * 50;
        }
        return new IndicatorSet(symbol, SESSION, random.nextInt(300), values);
    }

    private static @Nullable Double figure(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> 0.0;
            default -> random.nextGaussian() * 100;
        };
    }

    private static Statement statement(String symbol, int filing, Random random) {
        YearMonth end = YearMonth.of(2025, 9).minusMonths(3L * filing);
        Report report =
                switch (end.getMonthValue()) {
                    case 3 -> Report.FIRST_QUARTER;
                    case 6 -> Report.HALF;
                    case 9 -> Report.THIRD_QUARTER;
                    default -> Report.ANNUAL;
                };
        LocalDate received = end.atEndOfMonth().plusDays(40);
        return new Statement(
                "1" + symbol + "0",
                symbol,
                report,
                end,
                random.nextInt(4) > 0,
                received.toString().replace("-", "") + "%06d".formatted(random.nextInt(1_000_000)),
                received,
                new StatementFigures(
                        won(random),
                        won(random),
                        won(random),
                        won(random),
                        won(random),
                        won(random),
                        won(random),
                        won(random),
                        won(random),
                        won(random),
                        won(random),
                        won(random),
                        won(random),
                        won(random)));
    }

    private static @Nullable Long won(Random random) {
        return random.nextInt(6) == 0 ? null : Long.valueOf(random.nextInt(1_000_000) - 100_000);
    }
}
