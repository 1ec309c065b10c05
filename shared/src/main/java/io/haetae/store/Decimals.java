package io.haetae.store;

import java.math.BigDecimal;

/** The one text form of a decimal in items and reports: plain, without trailing zeros. */
public final class Decimals {

    private Decimals() {}

    /** {@code 1.50} becomes {@code 1.5}, {@code 1E+3} becomes {@code 1000}, any zero becomes {@code 0}. */
    public static String canonical(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
