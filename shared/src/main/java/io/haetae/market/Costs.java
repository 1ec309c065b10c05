package io.haetae.market;

import java.math.BigDecimal;
import java.time.LocalDate;

/** The port to a venue's commission and tax. */
public interface Costs {

    /**
     * @param quantity and {@code price} of one fill
     * @param session trade date
     */
    Charges buying(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session);

    /** As {@link #buying}, for a sale. */
    Charges selling(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session);
}
