package io.haetae.indicator;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * Every indicator of one symbol at its last bar. A value that is not defined yet, for want of bars, is NaN.
 */
public final class IndicatorSet {

    private final String symbol;
    private final LocalDate lastBar;
    private final int bars;
    private final double[] values;

    /**
     * @param lastBar session of the newest bar; earlier than the snapshot's session when the symbol was halted
     * @param bars number of bars seen
     * @param values one for each {@link Indicator}, in its order
     */
    public IndicatorSet(String symbol, LocalDate lastBar, int bars, double[] values) {
        if (values.length != Indicator.values().length) {
            throw new IllegalArgumentException(
                    "%s: %d values for %d indicators".formatted(symbol, values.length, Indicator.values().length));
        }
        this.symbol = symbol;
        this.lastBar = lastBar;
        this.bars = bars;
        this.values = values.clone();
    }

    /** One pass over the bars. */
    public static IndicatorSet of(String symbol, Bars bars) {
        Sma sma5 = new Sma(5);
        Sma sma20 = new Sma(20);
        Sma sma50 = new Sma(50);
        Sma sma60 = new Sma(60);
        Sma sma120 = new Sma(120);
        Sma sma200 = new Sma(200);
        Ema ema12 = new Ema(12);
        Ema ema26 = new Ema(26);
        Rsi rsi9 = new Rsi(9);
        Rsi rsi14 = new Rsi(14);
        Macd macd = new Macd(12, 26, 9);
        Bollinger bollinger = new Bollinger(20, 2);
        Atr atr = new Atr(14);
        Stochastic stochastic = new Stochastic(14, 3, 3);
        Adx adx = new Adx(14);
        Obv obv = new Obv();
        Sma volumeMa = new Sma(20);
        Roc roc = new Roc(20);
        double[] at = new double[Indicator.values().length];
        for (int i = 0; i < bars.size(); i++) {
            double high = bars.high()[i];
            double low = bars.low()[i];
            double close = bars.close()[i];
            double volume = bars.volume()[i];
            at[Indicator.SMA5.ordinal()] = sma5.next(close);
            at[Indicator.SMA20.ordinal()] = sma20.next(close);
            at[Indicator.SMA50.ordinal()] = sma50.next(close);
            at[Indicator.SMA60.ordinal()] = sma60.next(close);
            at[Indicator.SMA120.ordinal()] = sma120.next(close);
            at[Indicator.SMA200.ordinal()] = sma200.next(close);
            at[Indicator.EMA12.ordinal()] = ema12.next(close);
            at[Indicator.EMA26.ordinal()] = ema26.next(close);
            at[Indicator.RSI9.ordinal()] = rsi9.next(close);
            at[Indicator.RSI14.ordinal()] = rsi14.next(close);
            at[Indicator.MACD.ordinal()] = macd.next(close);
            at[Indicator.BOLLINGER_MIDDLE.ordinal()] = bollinger.next(close);
            at[Indicator.ATR14.ordinal()] = atr.next(high, low, close);
            at[Indicator.STOCHASTIC_K.ordinal()] = stochastic.next(high, low, close);
            at[Indicator.ADX14.ordinal()] = adx.next(high, low, close);
            at[Indicator.OBV.ordinal()] = obv.next(close, volume);
            at[Indicator.VOLUME_MA20.ordinal()] = volumeMa.next(volume);
            at[Indicator.ROC20.ordinal()] = roc.next(close);
        }
        at[Indicator.MACD_SIGNAL.ordinal()] = macd.signal();
        at[Indicator.MACD_HISTOGRAM.ordinal()] = macd.histogram();
        at[Indicator.BOLLINGER_UPPER.ordinal()] = bollinger.upper();
        at[Indicator.BOLLINGER_LOWER.ordinal()] = bollinger.lower();
        at[Indicator.STOCHASTIC_D.ordinal()] = stochastic.d();
        double lastVolume = bars.volume()[bars.size() - 1];
        at[Indicator.LAST_CLOSE.ordinal()] = bars.close()[bars.size() - 1];
        at[Indicator.LAST_VOLUME.ordinal()] = lastVolume;
        at[Indicator.AVERAGE_VALUE20.ordinal()] = Series.mean(bars.value(), 20);
        at[Indicator.VOLUME_RATIO.ordinal()] =
                bars.size() < 5 ? Double.NaN : lastVolume / Series.mean(bars.volume(), Math.min(20, bars.size()));
        at[Indicator.VOLUME_SURGE.ordinal()] = Series.ratioToBefore(bars.volume(), 5);
        at[Indicator.VOLATILITY.ordinal()] = Series.volatility(bars.close(), Series.YEAR, 30);
        at[Indicator.VOLUME_VARIATION.ordinal()] = Series.variation(bars.volume(), Series.YEAR, 30);
        at[Indicator.PRICE_TREND.ordinal()] = Series.trend(bars.close(), 20);
        at[Indicator.VOLUME_TREND.ordinal()] = Series.trend(bars.volume(), 20);
        return new IndicatorSet(symbol, bars.last(), bars.size(), at);
    }

    public String symbol() {
        return symbol;
    }

    public LocalDate lastBar() {
        return lastBar;
    }

    public int bars() {
        return bars;
    }

    /** NaN when there are too few bars for it. */
    public double get(Indicator indicator) {
        return values[indicator.ordinal()];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IndicatorSet that
                && symbol.equals(that.symbol)
                && lastBar.equals(that.lastBar)
                && bars == that.bars
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return symbol.hashCode() * 31 + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(symbol).append(' ').append(lastBar);
        for (Indicator indicator : Indicator.values()) {
            text.append(' ').append(indicator.text()).append('=').append(get(indicator));
        }
        return text.toString();
    }
}
