package io.haetae.functions;

import io.haetae.market.InstrumentId;
import io.haetae.market.Quote;
import io.haetae.market.Quotes;
import io.haetae.market.QuotesUnavailableException;
import java.util.Collection;
import java.util.Map;

/** A venue without a key: it has no price of anything, which is not the same as a price of nothing. */
record NoKeyQuotes(String key) implements Quotes {

    @Override
    public Map<InstrumentId, Quote> quotes(Collection<InstrumentId> instruments) {
        throw new QuotesUnavailableException("NO_KEY " + key, new IllegalStateException("no key"));
    }
}
