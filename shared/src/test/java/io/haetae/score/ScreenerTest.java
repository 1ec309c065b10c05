package io.haetae.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
