package io.haetae.indicator;

import java.util.Locale;

/** What an {@link IndicatorSet} holds, in the order it is kept. Prices in won as of the newest session's share. */
public enum Indicator {
    SMA5,
    SMA20,
    SMA50,
    SMA60,
    SMA120,
    SMA200,
    EMA12,
    EMA26,
    RSI9,
    RSI14,
    MACD,
    MACD_SIGNAL,
    MACD_HISTOGRAM,
    BOLLINGER_UPPER,
    BOLLINGER_MIDDLE,
    BOLLINGER_LOWER,
    ATR14,
    STOCHASTIC_K,
    STOCHASTIC_D,
    ADX14,
    OBV,
    /** Mean of the last 20 volumes, shares. */
    VOLUME_MA20,
    /** Per cent. */
    ROC20,
    /** Mean price of the newest session: its traded value ÷ its volume. NaN when the source gives no value. */
    VWAP,
    LAST_CLOSE,
    /** Shares, adjusted. */
    LAST_VOLUME,
    /** Mean of the last 20 traded values, won; a bar whose source gives no value counts as typical price × volume. */
    AVERAGE_VALUE20,
    /** Latest volume ÷ mean of the last 20 (of all, when there are 5 to 19); NaN below 5 bars. */
    VOLUME_RATIO,
    /** Mean volume of the last 5 bars ÷ that of the 5 before. */
    VOLUME_SURGE,
    /** A year, as a fraction: population σ of the last 252 returns × √252; NaN below 30 closes. */
    VOLATILITY,
    /** Population σ ÷ mean of the last 252 volumes; NaN below 30 bars. */
    VOLUME_VARIATION,
    /** Regression slope of the last 20 closes ÷ their mean, per cent a session. */
    PRICE_TREND,
    /** The same of volumes. */
    VOLUME_TREND,
    /** Highest high of the last 20 bars. */
    HIGHEST20,
    /** Lowest low of the last 20 bars. */
    LOWEST20,
    /** Highest close of the last 252 bars, which are 52 weeks. */
    HIGHEST_CLOSE252,
    /** Lowest close of the last 252 bars. */
    LOWEST_CLOSE252,
    /**
     * Covariance ÷ variance of the index, of the last 252 returns from bar to bar and the index's between the same sessions,
     * population moments; NaN below 30 pairs.
     */
    BETA,
    /** Of the same pairs, −1 to 1. */
    CORRELATION;

    /** {@code macd_signal}: the name in columns and reports. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
