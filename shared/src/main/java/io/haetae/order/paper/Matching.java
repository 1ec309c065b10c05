package io.haetae.order.paper;

import io.haetae.market.PriceLadder;
import io.haetae.market.Quote;
import io.haetae.order.OrderType;
import io.haetae.order.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When and at what price an order trades, judged from one quote.
 *
 * <ul>
 *   <li>An order that waited for the open trades in the opening auction at the open price, a LIMIT order when the open is
 *       at its limit or better.
 *   <li>A LIMIT order that can trade when it is first looked at trades at the price that stands, which is its limit or
 *       better. Later it rests, and trades at its limit: when the price stands at the limit or better, or when the
 *       session's low (of a sale: high) went through the limit after the order was accepted.
 *   <li>A MARKET order in continuous trading trades at the other side's quote where the venue quotes both sides, else at
 *       the last price and the stated number of price steps worse, within the day's limits.
 *   <li>At the upper limit nobody sells and at the lower limit nobody buys: nothing trades against a locked price.
 *   <li>Nothing trades on a quote that is not tradable, is older than {@link #STALE}, or is of a trade before
 *       the order.
 *   <li>All an order has traded stays within its share of the session's volume so far, in whole units.
 * </ul>
 */
final class Matching {

    static final Duration STALE = Duration.ofSeconds(180);

    private final PaperTerms terms;
    private final PriceLadder ladder;

    Matching(PaperTerms terms, PriceLadder ladder) {
        this.terms = terms;
        this.ladder = ladder;
    }

    /** Whether the quote says anything about the order at all. */
    boolean concerns(PaperOrder order, Quote quote, Instant now) {
        Instant since = order.restedBeforeOpen() ? order.opens() : order.acceptedAt();
        boolean opening = order.restedBeforeOpen() && !order.seen();
        return quote.tradable()
                && quote.last() != null
                // A dealer's quote stands until the next one; a last price is a trade that was over before the order
                // came.
                && (terms.bothSides() || !quote.at().isBefore(since))
                && !quote.at().isBefore(now.minus(STALE))
                // Where there is an auction, its price is waited for.
                && (!opening || terms.bothSides() || quote.open() != null);
    }

    /** The price it trades at now; empty when it does not. */
    Optional<BigDecimal> price(PaperOrder order, Quote quote) {
        BigDecimal open = quote.open();
        if (order.restedBeforeOpen() && !order.seen() && open != null && reaches(order, open)) {
            return Optional.of(open);
        }
        BigDecimal standing = standing(order.side(), quote);
        if (standing == null || locked(order.side(), quote)) {
            return Optional.empty();
        }
        return switch (order.type()) {
            case MARKET -> Optional.of(slipped(order, quote, standing));
            case LIMIT -> {
                boolean rests = order.seen() || order.restedBeforeOpen();
                if (!rests) {
                    yield reaches(order, standing) ? Optional.of(standing) : Optional.empty();
                }
                yield reaches(order, standing) || wentThrough(order, quote)
                        ? Optional.of(order.limit())
                        : Optional.empty();
            }
        };
    }

    /** How much of it trades; 0 when its share of the volume is used up. */
    BigDecimal quantity(PaperOrder order, Quote quote) {
        return terms.volumeShare()
                .map(share -> share.multiply(BigDecimal.valueOf(quote.volume()))
                        .setScale(0, RoundingMode.FLOOR)
                        .subtract(order.filled())
                        .min(order.remaining())
                        .max(BigDecimal.ZERO))
                .orElse(order.remaining());
    }

    private @Nullable BigDecimal standing(Side side, Quote quote) {
        if (!terms.bothSides()) {
            return quote.last();
        }
        return switch (side) {
            case BUY -> quote.ask() == null ? quote.last() : quote.ask();
            case SELL -> quote.bid() == null ? quote.last() : quote.bid();
        };
    }

    private static boolean reaches(PaperOrder order, BigDecimal price) {
        return order.type() == OrderType.MARKET
                || switch (order.side()) {
                    case BUY -> price.compareTo(order.limit()) <= 0;
                    case SELL -> price.compareTo(order.limit()) >= 0;
                };
    }

    /** A low at the limit may have been somebody else's trade; a low under it cannot have left the order standing. */
    private static boolean wentThrough(PaperOrder order, Quote quote) {
        return switch (order.side()) {
            case BUY -> {
                BigDecimal low = quote.low();
                BigDecimal before = order.low();
                yield low != null
                        && low.compareTo(order.limit()) < 0
                        && (order.restedBeforeOpen() || (before != null && low.compareTo(before) < 0));
            }
            case SELL -> {
                BigDecimal high = quote.high();
                BigDecimal before = order.high();
                yield high != null
                        && high.compareTo(order.limit()) > 0
                        && (order.restedBeforeOpen() || (before != null && high.compareTo(before) > 0));
            }
        };
    }

    private static boolean locked(Side side, Quote quote) {
        BigDecimal last = quote.last();
        BigDecimal wall = side == Side.BUY ? quote.upperLimit() : quote.lowerLimit();
        if (last == null || wall == null) {
            return false;
        }
        return side == Side.BUY ? last.compareTo(wall) >= 0 : last.compareTo(wall) <= 0;
    }

    private BigDecimal slipped(PaperOrder order, Quote quote, BigDecimal standing) {
        boolean up = order.side() == Side.BUY;
        BigDecimal price = standing;
        for (int step = 0; step < terms.slippageSteps(); step++) {
            price = ladder.next(order.instrument(), order.session(), price, up);
        }
        BigDecimal wall = up ? quote.upperLimit() : quote.lowerLimit();
        if (wall == null) {
            return price;
        }
        return up ? price.min(wall) : price.max(wall);
    }
}
