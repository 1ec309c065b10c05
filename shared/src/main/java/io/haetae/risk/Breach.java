package io.haetae.risk;

import java.math.BigDecimal;

/**
 * A limit that does not hold.
 *
 * @param allowed the limit, in its own unit
 * @param actual what is, or would be
 */
public record Breach(Limit limit, BigDecimal allowed, BigDecimal actual) {

    /** {@code POSITION_SIZE limit=10 actual=12.3}. */
    @Override
    public String toString() {
        return limit + " limit=" + allowed.stripTrailingZeros().toPlainString() + " actual="
                + actual.stripTrailingZeros().toPlainString();
    }
}
