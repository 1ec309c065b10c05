package io.haetae.market;

import java.math.BigDecimal;

/** What a trade costs beside its value, in the currency of the account, neither negative. */
public record Charges(BigDecimal commission, BigDecimal tax) {

    public static final Charges NONE = new Charges(BigDecimal.ZERO, BigDecimal.ZERO);

    public BigDecimal total() {
        return commission.add(tax);
    }
}
