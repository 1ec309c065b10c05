package io.haetae.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.haetae.score.Weighted;
import io.haetae.signal.Conviction.Strength;
import io.haetae.signal.Conviction.Urgency;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvictionTest {

    @Test
    void valueAndMomentumWeighThreeTenthsVolumeAndQualityTwo() {
        assertThat(Conviction.of(100.0, 0.0, 0.0, 0.0).orElseThrow().score()).isCloseTo(30, within(1e-9));
        assertThat(Conviction.of(0.0, 100.0, 0.0, 0.0).orElseThrow().score()).isCloseTo(30, within(1e-9));
        assertThat(Conviction.of(0.0, 0.0, 100.0, 0.0).orElseThrow().score()).isCloseTo(20, within(1e-9));
        assertThat(Conviction.of(0.0, 0.0, 0.0, 100.0).orElseThrow().score()).isCloseTo(20, within(1e-9));
    }

    @Test
    void anUnknownComponentIsLeftOutAndTheRestCountsInFull() {
        assertThat(Conviction.of(null, 80.0, 60.0, null).orElseThrow().score())
                .isCloseTo((0.3 * 80 + 0.2 * 60) / 0.5, within(1e-9));
    }

    @Test
    void zeroIsNotUnknown() {
        assertThat(Conviction.of(0.0, 80.0, 80.0, 80.0).orElseThrow().score()).isCloseTo(56, within(1e-9));
        assertThat(Conviction.of(null, 80.0, 80.0, 80.0).orElseThrow().score()).isCloseTo(80, within(1e-9));
    }

    @Test
    void nothingKnownIsNoConvictionRatherThanNone() {
        assertThat(Conviction.of(null, null, null, null)).isEmpty();
    }

    @Test
    void componentsFromSeventyOnAreNoted() {
        assertThat(Conviction.of(70.0, 69.9, null, 90.0).orElseThrow().notes())
                .containsExactly("strong value", "strong quality");
    }

    @Test
    void strengthFollowsTheConviction() {
        assertThat(Conviction.of(85.0, null, null, null).orElseThrow().strength())
                .isEqualTo(Conviction.Strength.VERY_STRONG);
        assertThat(Conviction.of(84.9, null, null, null).orElseThrow().strength())
                .isEqualTo(Conviction.Strength.STRONG);
        assertThat(Conviction.of(74.9, null, null, null).orElseThrow().strength())
                .isEqualTo(Conviction.Strength.MODERATE);
        assertThat(Conviction.of(64.9, null, null, null).orElseThrow().strength())
                .isEqualTo(Conviction.Strength.WEAK);
    }

    @ParameterizedTest
    @CsvSource({
        "100, VERY_STRONG, HIGH",
        "85, VERY_STRONG, HIGH",
        "84.99, STRONG, HIGH",
        "75, STRONG, HIGH",
        "74.99, MODERATE, NORMAL",
        "65, MODERATE, NORMAL",
        "64.99, WEAK, LOW",
        "0, WEAK, LOW"
    })
    void strengthAndUrgencyChangeAtTheirEdges(double score, Strength strength, Urgency urgency) {
        Conviction conviction = Conviction.of(score, null, null, null).orElseThrow();

        assertThat(conviction.strength()).isEqualTo(strength);
        assertThat(conviction.strength().urgency()).isEqualTo(urgency);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0.99, 1, 49.5",
        "5, 1.01, 1, 50.5",
        "5, 1.99, 1, 99.5",
        "5, 2.01, 1, 100",
        "4, 1.99, 1, 50",
        "1, 0.01, 1, 50",
        "5, 1.0, 1.2, 50",
        "5, 1.0, 1.2001, 55",
        "5, 1.81, 1.3, 99.55",
        "5, 1.82, 1.3, 100"
    })
    void volumeKeepsItsEdges(int bars, double ratio, double surge, double score) {
        assertThat(VolumeScore.of(bars, ratio, surge)).isCloseTo(score, within(1e-9));
    }

    @Test
    void itsExplanationIsItsScore() {
        Conviction conviction = Conviction.of(71.3, 55.55, null, 88.01).orElseThrow();

        assertThat(conviction.explanation().score()).isEqualTo(conviction.score());
        assertThat(conviction.explanation().points(2).stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo(Weighted.rounded(conviction.score(), 2));
    }

    @Test
    void volumeScoresByItsRatioToTheAverage() {
        assertThat(VolumeScore.of(20, 3.0, 1.0)).isEqualTo(100.0);
        assertThat(VolumeScore.of(20, 2.0, 1.0)).isEqualTo(100.0);
        assertThat(VolumeScore.of(20, 1.0, 1.0)).isEqualTo(50.0);
        assertThat(VolumeScore.of(20, 0.5, 1.0)).isEqualTo(25.0);
        assertThat(VolumeScore.of(20, 0.0, 1.0)).isEqualTo(0.0);
    }

    @Test
    void risingVolumeAddsATenthUpToAHundred() {
        assertThat(VolumeScore.of(20, 1.0, 1.2)).isEqualTo(50.0);
        assertThat(VolumeScore.of(20, 1.0, 1.21)).isCloseTo(55.0, within(1e-9));
        assertThat(VolumeScore.of(20, 1.9, 2.0)).isEqualTo(100.0);
    }

    @Test
    void fewSessionsOfVolumeSayNothingEitherWayAndNoneIsUnknown() {
        assertThat(VolumeScore.of(4, 3.0, null)).isEqualTo(50.0);
        assertThat(VolumeScore.of(0, null, null)).isNull();
        assertThat(VolumeScore.of(20, null, null)).isNull();
    }
}
