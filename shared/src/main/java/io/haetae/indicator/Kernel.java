package io.haetae.indicator;

/**
 * What one indicator remembers from bar to bar. Each is homogeneous: multiplying all it has seen multiplies its memory, so
 * a change of the share needs no bar again.
 */
abstract sealed class Kernel permits Adx, Atr, Bollinger, Ema, Macd, Obv, Rsi, Sma, Stochastic {

    /** As if everything seen so far had been {@code to ÷ from} times as much: exactly {@code to} where it was {@code from}. */
    abstract void rescale(double to, double from);

    abstract void save(Scalars out);

    /** Takes what {@link #save} of the same kind put. */
    abstract void restore(Scalars in);

    static int length(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("an indicator looks at 1 input at least, not " + n);
        }
        return n;
    }
}
