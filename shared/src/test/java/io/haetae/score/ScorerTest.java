package io.haetae.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.haetae.indicator.Indicator;
import io.haetae.indicator.IndicatorSet;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScorerTest {

    private static final LocalDate SESSION = LocalDate.of(2026, 1, 5);
    private static final Offset<Double> EXACT = within(1e-9);

    private static final Map<Indicator, Double> STEADY = Map.of(
            Indicator.LAST_CLOSE, 10_000.0,
            Indicator.RSI14, 45.0,
            Indicator.MACD_HISTOGRAM, 20.0,
            Indicator.PRICE_TREND, 0.0,
            Indicator.VOLUME_TREND, -1.0);

    @Test
    void momentumIsTheMeanOfItsMetrics() {
        Score score = score(List.of(), set("000010", STEADY));
        // 45 → 90, 0.2 % of the price → 60, a flat price → 65, volume falling 1 % a session → 25.
        assertThat(score.momentum()).isCloseTo(60, EXACT);
    }

    @Test
    void withoutFundamentalsTheCompositeIsMomentumAlone() {
        ScoreSheet sheet = sheet(List.of(row("000010")), List.of(set("000010", STEADY)), List.of());
        Score score = sheet.score("000010").orElseThrow();
        assertThat(score.value()).isNull();
        assertThat(score.growth()).isNull();
        assertThat(score.quality()).isNull();
        assertThat(score.composite()).isEqualTo(score.momentum());
        assertThat(score.dataQuality()).isEqualTo(100);
        assertThat(sheet.warnings())
                .singleElement()
                .asString()
                .startsWith("left out of every score, no source feeds them: per, pbr, psr");
    }

    @Test
    void missingComponentsAreLeftOutNotCountedAsZero() {
        Score score = score(List.of(new Fundamentals("000010", 12.5, 1.5, null, null)), set("000010", STEADY));
        assertThat(score.value()).isCloseTo((90 + 85) / 2.0, EXACT);
        assertThat(score.quality()).isNull();
        assertThat(score.composite()).isCloseTo((87.5 + 60) / 2, EXACT);
    }

    @Test
    void dataQualityIsMeasuredOverWhatTheSourcesSupply() {
        ScoreSheet sheet = sheet(
                List.of(row("000010"), row("000020")),
                List.of(set("000010", STEADY), set("000020", STEADY)),
                List.of(new Fundamentals("000010", 12.5, 1.5, null, null)));
        assertThat(sheet.score("000010").orElseThrow().dataQuality()).isEqualTo(100);
        assertThat(sheet.score("000020").orElseThrow().dataQuality()).isCloseTo(4 * 100 / 6.0, EXACT);
    }

    @Test
    void aLossScoresZeroInsteadOfBeingMissing() {
        Score score = score(List.of(new Fundamentals("000010", -7.0, null, null, null)), set("000010", STEADY));
        assertThat(score.value()).isZero();
    }

    @Test
    void aLossIsAlsoSeenInTheEarningsAShare() {
        Score score = score(List.of(new Fundamentals("000010", null, null, -500.0, null)), set("000010", STEADY));
        assertThat(score.per()).isCloseTo(-20, EXACT);
        assertThat(score.value()).isZero();
    }

    @Test
    void aRatioOfZeroIsMissing() {
        Score score = score(List.of(new Fundamentals("000010", 0.0, 0.0, 0.0, 0.0)), set("000010", STEADY));
        assertThat(score.financials()).isEqualTo(Financials.UNKNOWN);
        assertThat(score.value()).isNull();
    }

    @Test
    void returnOnEquityComesFromEarningsAndBookValue() {
        Score score = score(List.of(new Fundamentals("000010", null, null, 150.0, 1000.0)), set("000010", STEADY));
        assertThat(score.financials().roe()).isCloseTo(15, EXACT);
        assertThat(score.quality()).isCloseTo(80, EXACT);
    }

    @Test
    void convergenceIsJudgedFreeOfThePricesScale() {
        Score cheap =
                score(List.of(), set("000010", Map.of(Indicator.LAST_CLOSE, 1_000.0, Indicator.MACD_HISTOGRAM, 5.0)));
        Score dear = score(
                List.of(), set("000010", Map.of(Indicator.LAST_CLOSE, 1_000_000.0, Indicator.MACD_HISTOGRAM, 5_000.0)));
        assertThat(cheap.momentum()).isEqualTo(dear.momentum()).isCloseTo(75, EXACT);
    }

    @Test
    void percentileIsOverTheRunAndEqualsRankAlike() {
        ScoreSheet sheet = sheet(
                List.of(row("000010"), row("000020"), row("000030"), row("000040")),
                List.of(
                        set("000010", Map.of(Indicator.RSI14, 15.0)),
                        set("000020", Map.of(Indicator.RSI14, 60.0)),
                        set("000030", Map.of(Indicator.RSI14, 60.0))),
                List.of());
        assertThat(sheet.score("000010").orElseThrow().percentile()).isEqualTo(33.33);
        assertThat(sheet.score("000020").orElseThrow().percentile()).isEqualTo(100);
        assertThat(sheet.score("000030").orElseThrow().percentile()).isEqualTo(100);
        Score unknown = sheet.score("000040").orElseThrow();
        assertThat(unknown.composite()).isNull();
        assertThat(unknown.percentile()).isNull();
        assertThat(unknown.bars()).isZero();
    }

    @Test
    void indicatorsOfOtherRowsAreNotScored() {
        MarketDay day = new MarketDay(SESSION, PriceSource.OFFICIAL, "b", List.of(row("000010")));
        IndicatorSnapshot indicators = new IndicatorSnapshot(SESSION, "a", List.of());
        assertThatThrownBy(() -> Scorer.score(day, indicators, List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("indicators of 2026-01-05 a");
    }

    private static Score score(List<Fundamentals> fundamentals, IndicatorSet set) {
        return sheet(List.of(row("000010")), List.of(set), fundamentals)
                .score("000010")
                .orElseThrow();
    }

    private static ScoreSheet sheet(List<DailyRow> rows, List<IndicatorSet> sets, List<Fundamentals> fundamentals) {
        return Scorer.score(
                new MarketDay(SESSION, PriceSource.OFFICIAL, "a", rows),
                new IndicatorSnapshot(SESSION, "a", sets),
                fundamentals,
                List.of());
    }

    private static DailyRow row(String symbol) {
        return new DailyRow(
                symbol, "Name of " + symbol, KrxMarket.KOSPI, 10_000, 10_100, 9_900, 10_000, 0, 1_000, 0, 0);
    }

    private static IndicatorSet set(String symbol, Map<Indicator, Double> known) {
        double[] values = new double[Indicator.values().length];
        Arrays.fill(values, Double.NaN);
        known.forEach((indicator, value) -> values[indicator.ordinal()] = value);
        return new IndicatorSet(symbol, SESSION, 100, values);
    }
}
