package io.haetae.score;

import io.haetae.indicator.Indicator;
import io.haetae.indicator.IndicatorSet;
import org.jspecify.annotations.Nullable;

/**
 * What a share's own trading says after a session, as far as scoring, screening and sizing look at it. Null is not known,
 * never zero. Prices are those of the newest session's share.
 *
 * @param volatility a year, as a fraction (0.4 is 40 %), over 252 sessions
 * @param volumeVariation population σ ÷ mean of the volumes of 252 sessions
 * @param beta against the KOSPI index, over the sessions that both have
 * @param correlation with the KOSPI index over the same sessions, −1 to 1
 * @param averageVolume of the last 20 bars, shares
 * @param averageValue of the last 20 bars, won
 * @param volumeRatio latest volume ÷ average of the last 20
 * @param volumeSurge mean volume of the last 5 bars ÷ that of the 5 before
 * @param atr 14 bars, won
 * @param rsi 14 bars, 0 to 100
 * @param macd won, as its histogram
 * @param lastClose of the last bar, won
 * @param priceTrend per cent a session, over 20 bars
 * @param volumeTrend per cent a session, over 20 bars
 */
public record Measures(
        @Nullable Double volatility,
        @Nullable Double volumeVariation,
        @Nullable Double beta,
        @Nullable Double correlation,
        @Nullable Double averageVolume,
        @Nullable Double averageValue,
        @Nullable Double volumeRatio,
        @Nullable Double volumeSurge,
        @Nullable Double atr,
        @Nullable Double rsi,
        @Nullable Double macd,
        @Nullable Double macdHistogram,
        @Nullable Double lastClose,
        @Nullable Double priceTrend,
        @Nullable Double volumeTrend) {

    /** Of a share that never traded. */
    public static final Measures UNKNOWN =
            new Measures(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    static Measures of(IndicatorSet set) {
        return new Measures(
                known(set, Indicator.VOLATILITY),
                known(set, Indicator.VOLUME_VARIATION),
                known(set, Indicator.BETA),
                known(set, Indicator.CORRELATION),
                known(set, Indicator.VOLUME_MA20),
                known(set, Indicator.AVERAGE_VALUE20),
                known(set, Indicator.VOLUME_RATIO),
                known(set, Indicator.VOLUME_SURGE),
                known(set, Indicator.ATR14),
                known(set, Indicator.RSI14),
                known(set, Indicator.MACD),
                known(set, Indicator.MACD_HISTOGRAM),
                known(set, Indicator.LAST_CLOSE),
                known(set, Indicator.PRICE_TREND),
                known(set, Indicator.VOLUME_TREND));
    }

    /** MACD histogram ÷ price, per cent: the same for a share of 1,000 won and one of 1,000,000. */
    public @Nullable Double macdHistogramPct() {
        return macdHistogram == null || lastClose == null || lastClose <= 0 ? null : macdHistogram / lastClose * 100;
    }

    private static @Nullable Double known(IndicatorSet set, Indicator indicator) {
        double value = set.get(indicator);
        return Double.isFinite(value) ? value : null;
    }
}
