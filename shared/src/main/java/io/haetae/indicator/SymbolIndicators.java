package io.haetae.indicator;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * One symbol's whole set of indicators, bar by bar: what is recursive in kernels, the rest out of the trailing bars. The work
 * a bar takes does not grow with the history. Saved, restored and continued, it gives the very bits it would have given
 * without the stop; the same goes for {@link #rescale}.
 */
@SuppressWarnings("EnumOrdinal") // A row of values is defined as the order of the indicators.
public final class SymbolIndicators {

    /** Of the numbers of {@link #save}: a state of another layout is not to be restored. */
    public static final int LAYOUT = 1;

    /** Fewest closes or pairs of returns that a measure of a year is made of. */
    private static final int LEAST = 30;

    private static final int MOST_BARS = 1 << 24;

    private final Window window = new Window();
    private final Sma sma5 = new Sma(5);
    private final Sma sma50 = new Sma(50);
    private final Sma sma60 = new Sma(60);
    private final Sma sma120 = new Sma(120);
    private final Sma sma200 = new Sma(200);
    private final Bollinger bollinger = new Bollinger(20, 2);
    private final Macd macd = new Macd(12, 26, 9);
    private final Rsi rsi9 = new Rsi(9);
    private final Rsi rsi14 = new Rsi(14);
    private final Atr atr = new Atr(14);
    private final Stochastic stochastic = new Stochastic(14);
    private final Adx adx = new Adx(14);
    private final Roc roc = new Roc(20);
    private final Obv obv = new Obv();
    private final Sma volumeMa = new Sma(20);
    private final List<Kernel> ofPrices =
            List.of(sma5, sma50, sma60, sma120, sma200, bollinger, macd, rsi9, rsi14, atr, stochastic, adx);
    private final List<Kernel> ofVolumes = List.of(obv, volumeMa);
    private int bars;
    private double vwap = Double.NaN;

    /**
     * One more session with trade; a halted one is no bar. Prices and volume are of the share as it is since the last
     * {@link #rescale}.
     *
     * @param volume shares, above 0
     * @param value traded value in won; NaN or 0 when unknown
     * @param indexClose of the market's index the same session; NaN when unknown
     */
    public void next(double high, double low, double close, double volume, double value, double indexClose) {
        boolean valued = value > 0;
        vwap = valued ? value / volume : Double.NaN;
        int at = window.add(high, low, close, volume, valued ? value : (high + low + close) / 3 * volume, indexClose);
        bars++;
        sma5.next(window.closes, at);
        sma50.next(window.closes, at);
        sma60.next(window.closes, at);
        sma120.next(window.closes, at);
        sma200.next(window.closes, at);
        bollinger.next(window.closes, at);
        macd.next(close);
        rsi9.next(window.closes, at);
        rsi14.next(window.closes, at);
        atr.next(window.highs, window.lows, window.closes, at);
        stochastic.next(window.highs, window.lows, window.closes, at);
        adx.next(window.highs, window.lows, at);
        obv.next(window.closes, window.volumes, at);
        volumeMa.next(window.volumes, at);
    }

    void next(Bars all, int bar) {
        next(
                all.high()[bar],
                all.low()[bar],
                all.close()[bar],
                all.volume()[bar],
                all.value()[bar],
                all.indexClose()[bar]);
    }

    /**
     * The share changed: what closed at {@code previousClose} is now worth {@code base}. Prices seen are multiplied by base ÷
     * previous close, volumes divided; traded values and the index stay. A last close of {@code previousClose} becomes
     * {@code base} exactly, so that a next close of {@code base} is no change.
     *
     * @throws IllegalArgumentException unless both are above 0 and finite
     */
    public void rescale(double base, double previousClose) {
        if (!(Math.min(base, previousClose) > 0 && Math.max(base, previousClose) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a share cannot change from %s to %s".formatted(previousClose, base));
        }
        window.rescale(base, previousClose);
        vwap = vwap * base / previousClose;
        ofPrices.forEach(kernel -> kernel.rescale(base, previousClose));
        ofVolumes.forEach(kernel -> kernel.rescale(previousClose, base));
    }

    /** Bars seen so far. */
    public int bars() {
        return bars;
    }

    /** @return one value for each {@link Indicator}, in its order; NaN where there are too few bars for it */
    public double[] values() {
        double[] values = new double[Indicator.values().length];
        technical(values, 0);
        measures(values);
        return values;
    }

    /** @param lastBar session of the newest bar */
    public IndicatorSet toSet(String symbol, LocalDate lastBar) {
        return new IndicatorSet(symbol, lastBar, bars, values());
    }

    /** Those that charts show, {@link Indicator#SMA5} to {@link Indicator#VWAP}: a few operations each. */
    void technical(double[] into, int from) {
        int at = window.size() - 1;
        double middle = bollinger.middle();
        double width = bollinger.width(window.closes, at);
        into[from + Indicator.SMA5.ordinal()] = sma5.value();
        into[from + Indicator.SMA20.ordinal()] = middle;
        into[from + Indicator.SMA50.ordinal()] = sma50.value();
        into[from + Indicator.SMA60.ordinal()] = sma60.value();
        into[from + Indicator.SMA120.ordinal()] = sma120.value();
        into[from + Indicator.SMA200.ordinal()] = sma200.value();
        into[from + Indicator.EMA12.ordinal()] = macd.fast();
        into[from + Indicator.EMA26.ordinal()] = macd.slow();
        into[from + Indicator.RSI9.ordinal()] = rsi9.value();
        into[from + Indicator.RSI14.ordinal()] = rsi14.value();
        into[from + Indicator.MACD.ordinal()] = macd.line();
        into[from + Indicator.MACD_SIGNAL.ordinal()] = macd.signal();
        into[from + Indicator.MACD_HISTOGRAM.ordinal()] = macd.histogram();
        into[from + Indicator.BOLLINGER_UPPER.ordinal()] = middle + width;
        into[from + Indicator.BOLLINGER_MIDDLE.ordinal()] = middle;
        into[from + Indicator.BOLLINGER_LOWER.ordinal()] = middle - width;
        into[from + Indicator.ATR14.ordinal()] = atr.value();
        into[from + Indicator.STOCHASTIC_K.ordinal()] = stochastic.k();
        into[from + Indicator.STOCHASTIC_D.ordinal()] = stochastic.d();
        into[from + Indicator.ADX14.ordinal()] = adx.value();
        into[from + Indicator.OBV.ordinal()] = obv.value();
        into[from + Indicator.VOLUME_MA20.ordinal()] = volumeMa.value();
        into[from + Indicator.ROC20.ordinal()] = roc.value(window.closes, at);
        into[from + Indicator.VWAP.ordinal()] = vwap;
    }

    /** Those of the trailing bars alone, up to a year of them each. */
    private void measures(double[] into) {
        int size = window.size();
        double[] closes = window.closes;
        double[] volumes = window.volumes;
        double lastVolume = size == 0 ? Double.NaN : volumes[size - 1];
        MarketModel model = MarketModel.of(closes, window.indexCloses, size, Series.YEAR, LEAST);
        into[Indicator.LAST_CLOSE.ordinal()] = size == 0 ? Double.NaN : closes[size - 1];
        into[Indicator.LAST_VOLUME.ordinal()] = lastVolume;
        into[Indicator.AVERAGE_VALUE20.ordinal()] = Series.mean(window.values, size, 20);
        into[Indicator.VOLUME_RATIO.ordinal()] =
                size < 5 ? Double.NaN : lastVolume / Series.mean(volumes, size, Math.min(20, size));
        into[Indicator.VOLUME_SURGE.ordinal()] = Series.ratioToBefore(volumes, size, 5);
        into[Indicator.VOLATILITY.ordinal()] = Series.volatility(closes, size, Series.YEAR, LEAST);
        into[Indicator.VOLUME_VARIATION.ordinal()] = Series.variation(volumes, size, Series.YEAR, LEAST);
        into[Indicator.PRICE_TREND.ordinal()] = Series.trend(closes, size, 20);
        into[Indicator.VOLUME_TREND.ordinal()] = Series.trend(volumes, size, 20);
        into[Indicator.HIGHEST20.ordinal()] = Series.highest(window.highs, size, 20);
        into[Indicator.LOWEST20.ordinal()] = Series.lowest(window.lows, size, 20);
        into[Indicator.HIGHEST_CLOSE252.ordinal()] = Series.highest(closes, size, Series.YEAR);
        into[Indicator.LOWEST_CLOSE252.ordinal()] = Series.lowest(closes, size, Series.YEAR);
        into[Indicator.BETA.ordinal()] = model.beta();
        into[Indicator.CORRELATION.ordinal()] = model.correlation();
    }

    /**
     * Everything {@link #restore} needs, in the unit of the share as it is now: the kernels' numbers (the count of bars, the VWAP,
     * then each kernel's in a fixed order), then, oldest first, the last 253 closes, volumes and index closes and the last 20
     * highs, lows and traded values, or as many as there were.
     *
     * @return seven rows of numbers
     */
    public double[][] save() {
        Scalars scalars = new Scalars();
        scalars.put(bars);
        scalars.put(vwap);
        ofPrices.forEach(kernel -> kernel.save(scalars));
        ofVolumes.forEach(kernel -> kernel.save(scalars));
        double[][] series = window.save();
        double[][] state = new double[1 + series.length][];
        state[0] = scalars.taken();
        System.arraycopy(series, 0, state, 1, series.length);
        return state;
    }

    /**
     * @param state of {@link #save}, of the same {@link #LAYOUT}
     * @throws IllegalArgumentException when its lengths or counts cannot be those of a state
     */
    public static SymbolIndicators restore(double[][] state) {
        SymbolIndicators restored = new SymbolIndicators();
        Scalars scalars = new Scalars(state[0]);
        restored.bars = scalars.takeCount(MOST_BARS);
        restored.vwap = scalars.take();
        restored.ofPrices.forEach(kernel -> kernel.restore(scalars));
        restored.ofVolumes.forEach(kernel -> kernel.restore(scalars));
        scalars.end();
        restored.window.restore(restored.bars, Arrays.copyOfRange(state, 1, state.length));
        return restored;
    }
}
