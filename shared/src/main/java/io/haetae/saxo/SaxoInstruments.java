package io.haetae.saxo;

import io.haetae.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the instrument that a configured symbol means, exactly or not at all. */
public final class SaxoInstruments {

    /** Symbols are renamed and sizes change: what was learnt is asked again after a day. */
    private static final Duration KEEP = Duration.ofHours(24);

    private final SaxoClient client;
    private final String accountKey;
    private final InstrumentCache cache;
    private final TimeSource time;

    public SaxoInstruments(SaxoClient client, String accountKey, InstrumentCache cache, TimeSource time) {
        this.client = client;
        this.accountKey = accountKey;
        this.cache = cache;
        this.time = time;
    }

    /**
     * @param symbol {@code EURUSD}, {@code AAPL:xnas}, or {@code AAPL} for the primary listing
     * @param uic 0 when it is to be looked up
     * @throws UnresolvedInstrumentException when it is not exactly one instrument
     */
    public InstrumentDetails resolve(String symbol, String assetType, long uic) throws UnresolvedInstrumentException {
        String name = assetType + ":" + symbol + (uic == 0 ? "" : "#" + uic);
        Instant now = time.now();
        Optional<InstrumentCache.Entry> known = cache.get(name);
        if (known.isPresent() && now.isBefore(known.get().fetchedAt().plus(KEEP))) {
            return known.get().details();
        }
        long found = uic == 0 ? search(symbol, assetType) : uic;
        InstrumentDetails details;
        try {
            details = client.details(assetType, found, accountKey);
        } catch (SaxoRefusedException e) {
            throw new UnresolvedInstrumentException(symbol + " (" + assetType + " " + found + "): " + e.getMessage());
        }
        if (!means(symbol, details.symbol())) {
            throw new UnresolvedInstrumentException(
                    symbol + " (" + assetType + "): Uic " + found + " is " + details.symbol() + " at Saxo");
        }
        cache.put(name, new InstrumentCache.Entry(details, now));
        return details;
    }

    private long search(String symbol, String assetType) throws UnresolvedInstrumentException {
        int colon = symbol.indexOf(':');
        String keyword = colon < 0 ? symbol : symbol.substring(0, colon);
        List<FoundInstrument> exact = client.search(keyword, assetType).stream()
                .filter(row -> means(symbol, row.symbol()) && !row.currency().isEmpty())
                .toList();
        if (exact.size() > 1) {
            exact = exact.stream()
                    .filter(row -> row.uic() == row.primaryListing())
                    .toList();
        }
        if (exact.size() != 1) {
            throw new UnresolvedInstrumentException(symbol + " (" + assetType + "): "
                    + (exact.isEmpty() ? "no such symbol at Saxo" : "more than one instrument at Saxo")
                    + "; give its Uic in the watchlist");
        }
        return exact.getFirst().uic();
    }

    private static boolean means(String asked, String symbol) {
        String wanted = asked.toLowerCase(Locale.ROOT);
        String offered = symbol.toLowerCase(Locale.ROOT);
        return offered.equals(wanted) || (wanted.indexOf(':') < 0 && offered.startsWith(wanted + ":"));
    }
}
