package io.haetae.kis;

import io.haetae.market.InstrumentId;
import io.haetae.market.Quote;
import io.haetae.market.Quotes;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.market.Venue;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The broker's prices as quotes. The broker does not say whether the session is open: {@code tradable} means that the share
 * has a price and is not halted, the hours are the caller's to check.
 */
public final class KisQuotes implements Quotes {

    private static final System.Logger LOG = System.getLogger(KisQuotes.class.getName());

    private final KisClient client;
    private final TimeSource time;

    public KisQuotes(KisClient client, TimeSource time) {
        this.client = client;
        this.time = time;
    }

    @Override
    public Map<InstrumentId, Quote> quotes(Collection<InstrumentId> instruments) {
        Map<InstrumentId, Quote> quotes = new LinkedHashMap<>();
        for (InstrumentId instrument : instruments) {
            if (instrument.venue() != Venue.KIS) {
                continue;
            }
            try {
                quotes.put(instrument, quote(instrument, client.price(instrument.code())));
            } catch (KisException e) {
                switch (e.kind()) {
                    case REJECTED, MALFORMED -> LOG.log(System.Logger.Level.WARNING, "{0}; left out", e.getMessage());
                    case RATE_LIMITED, TOKEN, CONFIGURATION, NOT_ON_PAPER, UNAVAILABLE ->
                        throw new QuotesUnavailableException(String.valueOf(e.getMessage()), e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new QuotesUnavailableException("KIS: interrupted", e);
            }
        }
        return quotes;
    }

    private Quote quote(InstrumentId instrument, KisPrice price) {
        String why = "";
        if (price.halted()) {
            why = "halted";
        } else if (price.last() == null) {
            why = "no price";
        }
        return new Quote(
                instrument,
                won(price.last()),
                null,
                null,
                won(price.open()),
                won(price.high()),
                won(price.low()),
                price.volume(),
                won(price.base()),
                won(price.upperLimit()),
                won(price.lowerLimit()),
                time.now(),
                why.isEmpty(),
                why);
    }

    private static @Nullable BigDecimal won(@Nullable Long won) {
        return won == null ? null : BigDecimal.valueOf(won);
    }
}
