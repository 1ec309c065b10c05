package io.haetae.functions.datacollection;

import io.haetae.kis.KisClient;
import io.haetae.kis.KisException;
import io.haetae.kis.KisPrice;
import io.haetae.market.Fundamentals;
import io.haetae.market.TradingStatus;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The broker's prices of every symbol, one call each, within an invocation. */
final class BrokerPrices {

    private static final System.Logger LOG = System.getLogger(BrokerPrices.class.getName());

    /** Below it the whole market takes longer than an invocation may. */
    private static final BigDecimal LEAST_CALLS_PER_SECOND = BigDecimal.valueOf(5);

    /** After so many unanswered calls on end the broker is down, and going on would only take the invocation's time. */
    private static final int UNANSWERED_ON_END = 20;

    private static final Duration BEFORE_DEADLINE = Duration.ofSeconds(30);

    private final KisClient client;
    private final TimeSource time;

    BrokerPrices(KisClient client, TimeSource time) {
        this.client = client;
        this.time = time;
    }

    /** Empty when there are no keys, or the rate is too low for a whole market. */
    static Optional<BrokerPrices> of(Optional<KisClient> client, BigDecimal callsPerSecond, TimeSource time) {
        return client.filter(_ -> callsPerSecond.compareTo(LEAST_CALLS_PER_SECOND) >= 0)
                .map(present -> new BrokerPrices(present, time));
    }

    /**
     * What came of a sweep.
     *
     * @param skipped symbols the broker gave no usable answer for
     * @param unasked symbols left when the time was over
     */
    record Sweep(List<KisPrice> prices, int skipped, int unasked) {

        /** Of the shares that bear a mark, by symbol. */
        SortedMap<String, TradingStatus> statuses() {
            SortedMap<String, TradingStatus> marked = new TreeMap<>();
            for (KisPrice price : prices) {
                if (!price.status().equals(TradingStatus.PLAIN)) {
                    marked.put(price.symbol(), price.status());
                }
            }
            return marked;
        }

        /** Of the shares for which the broker has any figure. */
        List<Fundamentals> fundamentals() {
            List<Fundamentals> known = new ArrayList<>();
            for (KisPrice price : prices) {
                if (price.per() != null || price.pbr() != null || price.eps() != null || price.bps() != null) {
                    known.add(new Fundamentals(price.symbol(), price.per(), price.pbr(), price.eps(), price.bps()));
                }
            }
            return known;
        }
    }

    /** @throws KisException when the broker refuses us altogether, or does not answer */
    Sweep sweep(List<String> symbols, Instant deadline) throws KisException, InterruptedException {
        List<KisPrice> prices = new ArrayList<>(symbols.size());
        int skipped = 0;
        int unansweredOnEnd = 0;
        for (String symbol : symbols) {
            if (!time.now().isBefore(deadline.minus(BEFORE_DEADLINE))) {
                break;
            }
            try {
                prices.add(client.price(symbol));
                unansweredOnEnd = 0;
            } catch (KisException e) {
                switch (e.kind()) {
                    case TOKEN, CONFIGURATION, NOT_ON_PAPER -> throw e;
                    case RATE_LIMITED, UNAVAILABLE -> {
                        if (++unansweredOnEnd >= UNANSWERED_ON_END) {
                            throw e;
                        }
                    }
                    case REJECTED, MALFORMED -> unansweredOnEnd = 0;
                }
                skipped++;
                LOG.log(System.Logger.Level.WARNING, "{0}; skipped", e.getMessage());
            }
        }
        return new Sweep(prices, skipped, symbols.size() - prices.size() - skipped);
    }
}
