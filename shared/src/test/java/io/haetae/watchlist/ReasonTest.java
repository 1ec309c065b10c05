package io.haetae.watchlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.KrxMarket;
import io.haetae.score.CompanyHistory;
import io.haetae.score.Financials;
import io.haetae.score.SampleScores;
import io.haetae.score.Score;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {

    private static final String NOTHING_SPECIAL = "meets the screening criteria";

    /** Each figure alone, on its threshold and a step before it. */
    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "composite, 80, excellent overall score 80.0",
        "composite, 79.99, strong overall score 80.0",
        "composite, 70, strong overall score 70.0",
        "composite, 69.99,",
        "value, 75, strong value 75.0",
        "value, 74.99,",
        "growth, 75, strong growth 75.0",
        "growth, 74.99,",
        "quality, 75, strong quality 75.0",
        "quality, 74.99,",
        "momentum, 75, strong momentum 75.0",
        "momentum, 74.99,",
        "stability, 70, stable 70.0",
        "stability, 69.99,",
        "per, 0.01, low PER 0.0",
        "per, 9.99, low PER 10.0",
        "per, 10,",
        "per, 0,",
        "per, -1,",
        "pbr, 0.01, PBR below book value 0.0",
        "pbr, 0.99, PBR below book value 1.0",
        "pbr, 1,",
        "pbr, -1,",
        "roe, 20.01, high ROE 20.0",
        "roe, 20,",
        "dividend, 4.01, high dividend yield 4.0",
        "dividend, 4,"
    })
    void aFigureIsAReasonFromItsThresholdOn(String figure, double value, @Nullable String reason) {
        assertThat(Reason.of(score(figure, value))).isEqualTo(reason == null ? NOTHING_SPECIAL : reason);
    }

    @Test
    void whatIsNotKnownIsNoReason() {
        assertThat(Reason.of(score("none", 100))).isEqualTo(NOTHING_SPECIAL);
    }

    private static Score score(String figure, double value) {
        Financials financials = new Financials(
                null,
                null,
                only("per", figure, value),
                only("pbr", figure, value),
                null,
                only("dividend", figure, value),
                null,
                null,
                null,
                null,
                only("roe", figure, value),
                null,
                null,
                null,
                null,
                null);
        return new Score(
                "000010",
                "Name",
                KrxMarket.KOSPI,
                10_000,
                1,
                1,
                1,
                true,
                60,
                SampleScores.measures(null, null, null, null, null),
                financials,
                CompanyHistory.UNKNOWN,
                only("value", figure, value),
                only("growth", figure, value),
                only("quality", figure, value),
                only("momentum", figure, value),
                only("composite", figure, value),
                only("stability", figure, value),
                null,
                100);
    }

    private static @Nullable Double only(String name, String figure, double value) {
        return name.equals(figure) ? Double.valueOf(value) : null;
    }
}
