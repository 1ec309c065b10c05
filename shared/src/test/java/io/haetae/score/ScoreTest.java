package io.haetae.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.KrxMarket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTest {

    /** The broker's figures missed one evening, or statements came to be read: nothing happened to the company. */
    @Test
    void compositesAreComparedByTheComponentsThatBothHave() {
        Score before = score(95.0, null, null, 85.0, 90.0);
        Score now = score(95.0, 10.0, 20.0, 85.0, 52.5);
        assertThat(before.compositeBeside(now)).isEqualTo(90.0);
        assertThat(now.compositeBeside(before)).isEqualTo(90.0);
    }

    @Test
    void compositesOfTheSameComponentsAreWhatTheyAre() {
        Score before = score(90.0, null, 90.0, 90.0, 90.0);
        Score now = score(50.0, null, 60.0, 40.0, 50.0);
        assertThat(now.compositeBeside(before)).isEqualTo(50.0);
        assertThat(before.compositeBeside(now)).isEqualTo(90.0);
    }

    @Test
    void withoutACommonComponentNothingIsCompared() {
        Score before = score(null, null, null, 90.0, 90.0);
        Score now = score(20.0, null, null, null, 20.0);
        assertThat(now.compositeBeside(before)).isNull();
        assertThat(before.compositeBeside(now)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"100, FULL", "75, FULL", "74.99, CAUTION", "50, CAUTION", "49.99, WARNING", "0, WARNING"})
    void belowThreeQuartersOfTheDataIsCautionAndBelowHalfAWarning(double dataQuality, Score.Reliance reliance) {
        assertThat(score(1.0, 1.0, 1.0, 1.0, 1, dataQuality).reliance()).isEqualTo(reliance);
    }

    private static Score score(
            @Nullable Double value,
            @Nullable Double growth,
            @Nullable Double quality,
            @Nullable Double momentum,
            double composite) {
        return score(value, growth, quality, momentum, composite, 100);
    }

    private static Score score(
            @Nullable Double value,
            @Nullable Double growth,
            @Nullable Double quality,
            @Nullable Double momentum,
            double composite,
            double dataQuality) {
        return new Score(
                "000010",
                "가",
                KrxMarket.KOSPI,
                10_000,
                0,
                0,
                0,
                true,
                300,
                Measures.UNKNOWN,
                Financials.UNKNOWN,
                CompanyHistory.UNKNOWN,
                value,
                growth,
                quality,
                momentum,
                composite,
                null,
                null,
                dataQuality);
    }
}
