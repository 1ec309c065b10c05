package io.haetae.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.indicator.Bars;
import io.haetae.indicator.IndicatorSet;
import io.haetae.market.KrxMarket;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScreenerTest {

    private final Screener screener = new Screener(Criteria.WATCHLIST);

    @Test
    void everyLimitIsItselfAllowed() {
        SampleScores edge = SampleScores.good("000010")
                .bars(60)
                .averageVolume(100_000)
                .averageValue(100_000_000)
                .volatility(0.40)
                .per(50.0)
                .pbr(5.0)
                .debtRatio(200.0);
        assertThat(passed(screener.screen(List.of(edge.score())))).containsExactly("000010");
    }

    @Test
    void oneStepBeyondALimitRejectsWithTheNumbers() {
        SampleScores good = SampleScores.good("000010");
        assertThat(screener.violations(good.bars(59).score())).containsExactly("bars 59 limit 60");
        assertThat(screener.violations(good.averageVolume(99_999).score()))
                .containsExactly("average_volume 99999 limit 100000");
        assertThat(screener.violations(good.averageValue(99_999_999).score()))
                .containsExactly("average_value 99999999 limit 100000000");
        assertThat(screener.violations(good.volatility(0.401).score()))
                .containsExactly("volatility 40.1 % limit 40.0 %");
        assertThat(screener.violations(good.per(50.01).score())).containsExactly("per 50.01 limit 50.00");
        assertThat(screener.violations(good.pbr(5.01).score())).containsExactly("pbr 5.01 limit 5.00");
        assertThat(screener.violations(good.debtRatio(200.1).score()))
                .containsExactly("debt_ratio 200.1 % limit 200.0 %");
    }

    @Test
    void aLossIsNotALowPrice() {
        assertThat(screener.violations(SampleScores.good("000010").per(-4.0).score()))
                .containsExactly("per -4.00 limit 50.00");
    }

    @Test
    void entriesAreScreenedMoreNarrowly() {
        Screener entries = new Screener(Criteria.ENTRY);
        SampleScores edge =
                SampleScores.good("000010").volatility(0.30).per(25.0).pbr(3.0).debtRatio(60.0);
        assertThat(entries.violations(edge.score())).isEmpty();
        assertThat(entries.violations(edge.volatility(0.31).score())).hasSize(1);
        assertThat(entries.violations(edge.per(25.1).score())).hasSize(1);
        assertThat(entries.violations(edge.pbr(3.1).score())).hasSize(1);
        assertThat(entries.violations(edge.debtRatio(60.1).score())).hasSize(1);
    }

    /** What the watchlist wants and the entries do not narrow holds for them too, and a step beyond does not. */
    @Test
    void entriesKeepTheOtherEdgesAndCallMoreSharesUndervalued() {
        Screener entries = new Screener(Criteria.ENTRY);
        SampleScores edge =
                SampleScores.good("000010").bars(60).averageVolume(100_000).averageValue(100_000_000);
        assertThat(entries.violations(edge.score())).isEmpty();
        assertThat(entries.violations(edge.bars(59).score())).hasSize(1);
        assertThat(entries.violations(edge.averageVolume(99_999).score())).hasSize(1);
        assertThat(entries.violations(edge.averageValue(99_999_999).score())).hasSize(1);
        assertThat(entries.undervalued(edge.pbr(1.49).score())).isTrue();
        assertThat(entries.undervalued(edge.pbr(1.5).score())).isFalse();
        assertThat(entries.undervalued(edge.pbr(-1.0).score())).isFalse();
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "VOLATILITY, 0.40, true",
        "VOLATILITY, 0.401, false",
        "PER, 50, true",
        "PER, 50.01, false",
        "PER, -0.01, false",
        "PBR, 5, true",
        "PBR, 5.01, false",
        "PBR, -0.01, false",
        "DEBT_RATIO, 200, true",
        "DEBT_RATIO, 200.1, false",
        "AVERAGE_VOLUME, 100000, true",
        "AVERAGE_VOLUME, 99999, false",
        "AVERAGE_VALUE, 0, true",
        "BARS, 1, true"
    })
    void whatTakesAShareOffAWatchlistHasItsEdges(Criterion criterion, double value, boolean stays) {
        SampleScores good = SampleScores.good("000010");
        SampleScores share =
                switch (criterion) {
                    case VOLATILITY -> good.volatility(value);
                    case PER -> good.per(value);
                    case PBR -> good.pbr(value);
                    case DEBT_RATIO -> good.debtRatio(value);
                    case AVERAGE_VOLUME -> good.averageVolume(value);
                    case AVERAGE_VALUE -> good.averageValue(value);
                    case BARS -> good.bars((int) value);
                    case PRICE, MARKET_VALUE, STABILITY -> throw new IllegalArgumentException(criterion.text());
                };

        assertThat(new Screener(Criteria.REMOVAL).violations(share.score())).hasSize(stays ? 0 : 1);
    }

    @Test
    void aFigureThatOneShareLacksRejectsThatShare() {
        Screening screening = screener.screen(List.of(
                SampleScores.good("000010").score(),
                SampleScores.good("000020").per(null).score()));
        assertThat(passed(screening)).containsExactly("000010");
        assertThat(screening.rejected()).containsEntry("000020", List.of("per unknown"));
        assertThat(screening.warnings()).isEmpty();
    }

    @Test
    void aFigureThatEveryShareLacksSwitchesItsCriterionOffWithOneWarning() {
        Screening screening = screener.screen(List.of(
                SampleScores.good("000010").per(null).pbr(null).debtRatio(null).score(),
                SampleScores.good("000020").per(null).pbr(null).debtRatio(null).score()));
        assertThat(passed(screening)).containsExactly("000010", "000020");
        assertThat(screening.warnings())
                .containsExactly("screening criteria off, no source feeds them: per, pbr, debt_ratio");
    }

    @Test
    void aScreenThatRejectsEverythingSaysWhatDidIt() {
        Screening screening = screener.screen(List.of(
                SampleScores.good("000010").averageValue(0).score(),
                SampleScores.good("000020").averageValue(0).per(60.0).score()));
        assertThat(screening.passed()).isEmpty();
        assertThat(screening.warnings()).containsExactly("the screen rejected all 2 shares: average_value 2 per 1");
    }

    @Test
    void aMissingFigureBreaksNoCriterionOfAShareAlreadyHeld() {
        assertThat(screener.violations(SampleScores.good("000010").per(null).score()))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Criterion.class)
    void bothEndsOfEveryLimitAreAllowedAndAStepBeyondIsNot(Criterion criterion) {
        Score score = SampleScores.good("000010").score();
        double actual = Objects.requireNonNull(criterion.of(score));
        Criteria within = Criteria.ANY.atLeast(criterion, actual).atMost(criterion, actual);

        assertThat(new Screener(within).violations(score)).isEmpty();
        assertThat(new Screener(within.atLeast(criterion, actual * 1.01)).violations(score))
                .singleElement()
                .asString()
                .startsWith(criterion.text() + " ");
        assertThat(new Screener(within.atMost(criterion, actual * 0.99)).violations(score))
                .singleElement()
                .asString()
                .startsWith(criterion.text() + " ");
    }

    @Test
    void aMarketThatIsNotAskedForIsRejected() {
        Score score = SampleScores.good("000010").score();

        assertThat(new Screener(Criteria.ANY.listedOn(Set.of(KrxMarket.KOSPI))).violations(score))
                .isEmpty();
        assertThat(new Screener(Criteria.ANY.listedOn(Set.of(KrxMarket.KOSDAQ))).violations(score))
                .containsExactly("market KOSPI");
    }

    @Test
    void onlyUndervaluedSharesPassWhereNoOtherIsWanted() {
        Screener only = new Screener(Criteria.WATCHLIST.onlyUndervalued());
        Screening screening = only.screen(List.of(
                SampleScores.good("000010").pbr(0.99).score(),
                SampleScores.good("000020").pbr(1.0).score(),
                SampleScores.good("000030").pbr(null).score()));

        assertThat(passed(screening)).containsExactly("000010");
        assertThat(screening.rejected())
                .containsEntry("000020", List.of("not undervalued"))
                .containsEntry("000030", List.of("pbr unknown", "not undervalued"));
        assertThat(only.reasons(SampleScores.good("000010").pbr(0.99).score())).containsExactly("PBR 0.99 below 1.00");
        assertThat(only.reasons(SampleScores.good("000020").pbr(1.0).score())).isEmpty();
    }

    @Test
    void withoutASourceOfBookValuesNobodyIsRejectedForNotBeingUndervalued() {
        Screening screening = new Screener(Criteria.ANY.onlyUndervalued())
                .screen(List.of(SampleScores.good("000010").pbr(null).score()));

        assertThat(passed(screening)).containsExactly("000010");
        assertThat(screening.warnings()).containsExactly("screening criteria off, no source feeds them: pbr");
    }

    /** Twenty sessions of volume are needed for an average: before, the share is rejected, however much it trades. */
    @Test
    void historyCountsSessionsWithTrade() {
        assertThat(Criteria.WATCHLIST.limits().get(Criterion.BARS)).isEqualTo(new Criteria.Limits(60.0, null));
        IndicatorSet nineteen = IndicatorSet.of("000010", bars(19));
        IndicatorSet twenty = IndicatorSet.of("000010", bars(20));

        assertThat(Measures.of(nineteen).averageVolume()).isNull();
        assertThat(Measures.of(twenty).averageVolume()).isEqualTo(1_000);
    }

    @Test
    void theSummaryCountsMarketsAndMeans() {
        Screening screening = screener.screen(List.of(
                SampleScores.good("000010").per(10.0).pbr(0.8).debtRatio(40.0).score(),
                SampleScores.good("000020").per(14.0).pbr(1.2).debtRatio(60.0).score(),
                SampleScores.good("000030").per(60.0).score()));

        assertThat(screening.summary())
                .isEqualTo("2 of 3 pass, 1 undervalued; KOSPI 2; mean per 12.00, pbr 1.00, debt_ratio 50.0 %");
        assertThat(screener.screen(List.of()).summary()).isEqualTo("0 of 0 pass, 0 undervalued");
    }

    private static Bars bars(int sessions) {
        double[] price = new double[sessions];
        Arrays.fill(price, 100);
        double[] volume = new double[sessions];
        Arrays.fill(volume, 1_000);
        return new Bars(LocalDate.of(2026, 1, 5), price, price, price, volume, volume);
    }

    @Test
    void undervaluedSharesComeFirstThenTheBestScores() {
        Screening screening = screener.screen(List.of(
                SampleScores.good("000010").pbr(1.0).composite(90.0).score(),
                SampleScores.good("000020").pbr(0.9).composite(70.0).score(),
                SampleScores.good("000030").pbr(0.9).composite(80.0).score(),
                SampleScores.good("000040").pbr(0.9).composite(null).score(),
                SampleScores.good("000050").pbr(0.9).composite(80.0).score()));
        assertThat(passed(screening)).containsExactly("000030", "000050", "000020", "000040", "000010");
    }

    @Test
    void anEmptyMarketIsNoReasonToWarn() {
        assertThat(screener.screen(List.of()).warnings()).isEmpty();
    }

    private static List<String> passed(Screening screening) {
        return screening.passed().stream().map(Score::symbol).toList();
    }
}
