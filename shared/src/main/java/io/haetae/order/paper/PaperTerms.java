package io.haetae.order.paper;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a paper broker assumes of a venue.
 *
 * @param volumeShare part of the session's volume an order may be, 0 to 1; empty where the venue tells no volume
 * @param slippageSteps how many price steps a market order in continuous trading pays beyond the last price
 * @param bothSides the venue quotes bid and ask, and who takes pays the other side; else trades happen at the last price
 */
public record PaperTerms(Optional<BigDecimal> volumeShare, int slippageSteps, boolean bothSides) {

    /** An order book with auctions: at most a tenth of the volume so far, one step of slippage. */
    public static PaperTerms krx() {
        return new PaperTerms(Optional.of(new BigDecimal("0.10")), 1, false);
    }

    /** A dealer's two-sided quotes: the spread is the slippage. */
    public static PaperTerms saxo() {
        return new PaperTerms(Optional.empty(), 0, true);
    }
}
