package io.haetae.market;

import java.math.BigDecimal;
import java.time.LocalDate;

/** The port to the prices that are valid at a venue. */
@FunctionalInterface
public interface PriceLadder {

    /**
     * The nearest valid price above ({@code up}) or below {@code price}; {@code price} itself where there is none.
     *
     * @param session the date whose rules hold
     */
    BigDecimal next(InstrumentId instrument, LocalDate session, BigDecimal price, boolean up);
}
