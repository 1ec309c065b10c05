package io.haetae.order;

import io.haetae.market.InstrumentId;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a broker holds of one instrument.
 *
 * @param sellable what no working sale of anyone's holds
 * @param averageCost per unit, in the instrument's currency; empty where the broker does not know it
 */
public record Holding(
        InstrumentId instrument, BigDecimal quantity, BigDecimal sellable, Optional<BigDecimal> averageCost) {}
