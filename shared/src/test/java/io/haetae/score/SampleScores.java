package io.haetae.score;

import io.haetae.market.KrxMarket;
import org.jspecify.annotations.Nullable;

/** A score that passes every screen, to be varied. */
public record SampleScores(
        String symbol,
        long close,
        int bars,
        double volatility,
        double averageVolume,
        double averageValue,
        @Nullable Double per,
        @Nullable Double pbr,
        @Nullable Double debtRatio,
        @Nullable Double composite) {

    public static SampleScores good(String symbol) {
        return new SampleScores(symbol, 10_000, 250, 0.25, 500_000, 5e9, 12.0, 0.8, 40.0, 72.0);
    }

    public SampleScores close(long other) {
        return new SampleScores(
                symbol, other, bars, volatility, averageVolume, averageValue, per, pbr, debtRatio, composite);
    }

    public SampleScores bars(int other) {
        return new SampleScores(
                symbol, close, other, volatility, averageVolume, averageValue, per, pbr, debtRatio, composite);
    }

    public SampleScores volatility(double other) {
        return new SampleScores(
                symbol, close, bars, other, averageVolume, averageValue, per, pbr, debtRatio, composite);
    }

    public SampleScores averageVolume(double other) {
        return new SampleScores(symbol, close, bars, volatility, other, averageValue, per, pbr, debtRatio, composite);
    }

    public SampleScores averageValue(double other) {
        return new SampleScores(symbol, close, bars, volatility, averageVolume, other, per, pbr, debtRatio, composite);
    }

    public SampleScores per(@Nullable Double other) {
        return new SampleScores(
                symbol, close, bars, volatility, averageVolume, averageValue, other, pbr, debtRatio, composite);
    }

    public SampleScores pbr(@Nullable Double other) {
        return new SampleScores(
                symbol, close, bars, volatility, averageVolume, averageValue, per, other, debtRatio, composite);
    }

    public SampleScores debtRatio(@Nullable Double other) {
        return new SampleScores(
                symbol, close, bars, volatility, averageVolume, averageValue, per, pbr, other, composite);
    }

    public SampleScores composite(@Nullable Double other) {
        return new SampleScores(
                symbol, close, bars, volatility, averageVolume, averageValue, per, pbr, debtRatio, other);
    }

    public Score score() {
        return new Score(
                symbol,
                "Name of " + symbol,
                KrxMarket.KOSPI,
                close,
                600_000,
                6_000_000_000L,
                10_000_000,
                true,
                bars,
                measures(volatility, averageVolume, averageValue, 1.5, 1.1),
                financials(per, pbr, 21.0, debtRatio),
                new CompanyHistory(8, 7, 0.2, 0.05, -0.5),
                80.0,
                null,
                70.0,
                66.0,
                composite,
                75.0,
                composite,
                100);
    }

    /** What screens and conviction look at, and nothing else. */
    public static Measures measures(
            @Nullable Double volatility,
            @Nullable Double averageVolume,
            @Nullable Double averageValue,
            @Nullable Double volumeRatio,
            @Nullable Double volumeSurge) {
        return new Measures(
                volatility,
                null,
                1.1,
                0.6,
                averageVolume,
                averageValue,
                volumeRatio,
                volumeSurge,
                200.0,
                55.0,
                30.0,
                12.0,
                null,
                null,
                null);
    }

    /** What screens and reasons look at, and nothing else. */
    public static Financials financials(
            @Nullable Double per, @Nullable Double pbr, @Nullable Double roe, @Nullable Double debtRatio) {
        return new Financials(
                null, null, per, pbr, null, null, null, null, null, null, roe, null, null, null, debtRatio, null);
    }
}
