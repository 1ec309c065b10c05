package io.haetae.order;

import java.math.BigDecimal;

/** Decimals as people read them. */
final class Plain {

    private Plain() {}

    static String of(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
