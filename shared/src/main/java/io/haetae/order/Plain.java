package io.haetae.order;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimals as people read them. */
final class Plain {

    private static final int SCALE = 10;

    private Plain() {}

    /** As stored: without trailing zeros, rounded after ten digits. */
    static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        BigDecimal quotient =
                dividend.divide(divisor, SCALE, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return quotient.scale() < 0 ? quotient.setScale(0) : quotient;
    }

    static String of(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
