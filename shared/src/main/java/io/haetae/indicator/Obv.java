package io.haetae.indicator;

/**
 * On-balance volume in shares: starts at the first bar's volume, then adds the volume of a rise and takes away that of a
 * fall. Never NaN.
 */
public final class Obv {

    private double previousClose = Double.NaN;
    private double total;

    public double next(double close, double volume) {
        if (Double.isNaN(previousClose) || close > previousClose) {
            total += volume;
        } else if (close < previousClose) {
            total -= volume;
        }
        previousClose = close;
        return total;
    }
}
