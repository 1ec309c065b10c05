package io.haetae.saxo;

import io.haetae.market.InstrumentId;
import io.haetae.market.Quote;
import io.haetae.market.Quotes;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.market.Venue;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Saxo's prices behind the port, one call for each asset type. A price that must not be traded on says why: no access,
 * old, delayed, stale, or a market that is not plainly open.
 */
public final class SaxoQuotes implements Quotes {

    /** A price older than this is stale. */
    private static final Duration STALE_AFTER = Duration.ofSeconds(180);

    /** Clocks may differ by this much; a price from further in the future is not believed. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private final SaxoClient client;
    private final String accountKey;
    private final TimeSource time;

    public SaxoQuotes(SaxoClient client, String accountKey, TimeSource time) {
        this.client = client;
        this.accountKey = accountKey;
        this.time = time;
    }

    /** {@code FxSpot:21} as the venue-neutral name of an instrument. */
    public static InstrumentId instrument(String assetType, long uic) {
        return new InstrumentId(Venue.SAXO, assetType + ":" + uic);
    }

    /** @throws IllegalArgumentException when it is not one of Saxo's */
    public static String assetType(InstrumentId instrument) {
        return instrument.code().substring(0, colon(instrument));
    }

    /** @throws IllegalArgumentException when it is not one of Saxo's */
    public static long uic(InstrumentId instrument) {
        return Long.parseLong(instrument.code().substring(colon(instrument) + 1));
    }

    private static int colon(InstrumentId instrument) {
        int colon = instrument.code().indexOf(':');
        if (instrument.venue() != Venue.SAXO || colon < 1) {
            throw new IllegalArgumentException(instrument + " is not an instrument of Saxo");
        }
        return colon;
    }

    @Override
    public Map<InstrumentId, Quote> quotes(Collection<InstrumentId> instruments) {
        Map<String, List<Long>> byType = new TreeMap<>();
        for (InstrumentId instrument : instruments) {
            byType.computeIfAbsent(assetType(instrument), _ -> new ArrayList<>())
                    .add(uic(instrument));
        }
        Map<InstrumentId, Quote> quotes = new TreeMap<>(java.util.Comparator.comparing(InstrumentId::code));
        byType.forEach((assetType, uics) -> {
            Map<Long, InfoPrice> prices;
            try {
                prices = client.infoPrices(assetType, uics, accountKey);
            } catch (SaxoUnavailableException | SaxoFormatException e) {
                throw new QuotesUnavailableException("Saxo gave no prices for " + assetType, e);
            }
            prices.forEach((uic, price) ->
                    quotes.put(instrument(assetType, uic), quote(instrument(assetType, uic), price, time.now())));
        });
        return quotes;
    }

    static Quote quote(InstrumentId instrument, InfoPrice price, Instant now) {
        String why = whyNot(price, now);
        return new Quote(
                instrument,
                middle(price),
                price.bid(),
                price.ask(),
                price.open(),
                price.high(),
                price.low(),
                price.volume(),
                null,
                null,
                null,
                price.lastUpdated().orElse(now),
                why.isEmpty(),
                why);
    }

    private static @Nullable BigDecimal middle(InfoPrice price) {
        if (price.mid() != null) {
            return price.mid();
        }
        if (price.bid() != null && price.ask() != null) {
            return SaxoClient.half(price.bid().add(price.ask()));
        }
        return price.lastTraded();
    }

    /** Empty when the price may be traded on. */
    private static String whyNot(InfoPrice price, Instant now) {
        if (!price.errorCode().isEmpty() && !price.errorCode().equals("None")) {
            return "DQ_PRICE_ERROR " + price.errorCode();
        }
        for (String type : List.of(price.priceTypeBid(), price.priceTypeAsk())) {
            switch (type) {
                case "Tradable", "Indicative" -> {}
                case "NoAccess" -> {
                    return "DQ_NOACCESS_MARKETDATA";
                }
                case "OldIndicative" -> {
                    return "DQ_PRICE_TYPE_OLD_INDICATIVE";
                }
                default -> {
                    return "DQ_NO_PRICE " + type;
                }
            }
        }
        if (price.bid() == null
                || price.ask() == null
                || price.bid().signum() <= 0
                || price.ask().signum() <= 0) {
            return "DQ_NO_PRICE";
        }
        switch (price.marketState()) {
            case "Open" -> {}
            case "Closed" -> {
                return "DQ_MARKET_CLOSED";
            }
            case "PreMarket" -> {
                return "DQ_MARKET_PREMARKET";
            }
            case "PostMarket" -> {
                return "DQ_MARKET_POSTMARKET";
            }
            case "OpeningAuction", "ClosingAuction", "IntraDayAuction", "TradingAtLast" -> {
                return "DQ_AUCTION";
            }
            default -> {
                return "DQ_MARKET_STATE_UNKNOWN";
            }
        }
        if (price.delayedByMinutes() > 0) {
            return "DQ_DELAYED_DATA " + price.delayedByMinutes() + " min";
        }
        if (price.lastUpdated().isEmpty()) {
            return "DQ_STALE_DATA no time";
        }
        Duration age = Duration.between(price.lastUpdated().get(), now);
        if (age.compareTo(STALE_AFTER) > 0) {
            return "DQ_STALE_DATA " + age.toSeconds() + " s";
        }
        if (age.compareTo(CLOCK_SKEW.negated()) < 0) {
            return "DQ_STALE_DATA from the future";
        }
        return "";
    }
}
