package io.haetae.saxo;

import java.math.BigDecimal;
import java.util.Optional;

/** What the venue says of an order before it is placed. A passed precheck is not a promise. */
public sealed interface Precheck {

    /**
     * @param cashRequired estimated, in {@code currency}; empty when Saxo gives none
     * @param commission of this order, in the instrument's currency; empty when Saxo gives none
     */
    record Passed(
            Optional<BigDecimal> cashRequired,
            String currency,
            Optional<BigDecimal> commission,
            Optional<BigDecimal> conversionRate)
            implements Precheck {}

    /** @param code Saxo's error code, or {@code PreTradeDisclaimers} when a person has to accept a text first */
    record Failed(String code, String message) implements Precheck {}
}
