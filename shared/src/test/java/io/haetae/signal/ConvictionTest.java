package io.haetae.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

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
