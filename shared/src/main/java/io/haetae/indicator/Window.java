package io.haetae.indicator;

/** The one rule for the length of an indicator's window. */
final class Window {

    private Window() {}

    static int length(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("a window holds at least 1 value, not " + n);
        }
        return n;
    }
}
