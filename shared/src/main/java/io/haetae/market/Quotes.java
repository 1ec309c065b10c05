package io.haetae.market;

import java.util.Collection;
import java.util.Map;

/** The port to a venue's prices of the moment. */
public interface Quotes {

    /**
     * An instrument the venue cannot price is absent from the answer; that never means a price of zero.
     *
     * @throws QuotesUnavailableException when the venue did not answer
     */
    Map<InstrumentId, Quote> quotes(Collection<InstrumentId> instruments);
}
