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
        SymbolIndicators indicators = new SymbolIndicators();
        for (int i = 0; i < bars.size(); i++) {
            indicators.next(bars, i);
        }
        return indicators.toSet(symbol, bars.last());
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
