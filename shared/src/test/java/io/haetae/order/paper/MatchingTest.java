package io.haetae.order.paper;

import static io.haetae.order.TradingWorld.ACCOUNT;
import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.CLOSE;
import static io.haetae.order.TradingWorld.OPEN;
import static io.haetae.order.TradingWorld.SESSION;
import static io.haetae.order.TradingWorld.SIGNALS;
import static io.haetae.order.TradingWorld.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.Quote;
import io.haetae.order.BrokerOrder;
import io.haetae.order.OrderType;
import io.haetae.order.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each rule of the matching at its edge. */
class MatchingTest {

    private static final Instant NOON = OPEN.plusSeconds(10_800);
    private static final Matching AUCTIONS = new Matching(PaperTerms.krx(), (_, _, price, up) -> step(price, up));
    private static final Matching DEALER = new Matching(PaperTerms.saxo(), (_, _, price, up) -> step(price, up));

    @Test
    void aTradeOfTheMomentAnOrderCameIsNotOverBeforeIt() {
        PaperOrder order = limit(Side.BUY, 10_000, NOON);
        assertThat(AUCTIONS.concerns(order, at(NOON, true), NOON)).isTrue();
        assertThat(AUCTIONS.concerns(order, at(NOON.minusMillis(1), true), NOON))
                .isFalse();
        assertThat(DEALER.concerns(order, at(NOON.minusMillis(1), true), NOON)).isTrue();
    }

    @Test
    void anOrderFromBeforeTheOpenIsConcernedFromTheOpenOn() {
        PaperOrder order = limit(Side.BUY, 10_000, SIGNALS);
        assertThat(AUCTIONS.concerns(order, at(OPEN, true), OPEN)).isTrue();
        assertThat(AUCTIONS.concerns(order, at(OPEN.minusMillis(1), true), OPEN))
                .isFalse();
    }

    @Test
    void aQuoteIsStaleAfterThreeMinutes() {
        for (Matching matching : new Matching[] {AUCTIONS, DEALER}) {
            PaperOrder order = limit(Side.BUY, 10_000, OPEN);
            assertThat(matching.concerns(order, at(NOON.minusSeconds(180), true), NOON))
                    .isTrue();
            assertThat(matching.concerns(order, at(NOON.minusSeconds(180).minusMillis(1), true), NOON))
                    .isFalse();
        }
    }

    @Test
    void aQuoteThatIsNotTradableOrHasNoPriceSaysNothing() {
        PaperOrder order = limit(Side.BUY, 10_000, OPEN);
        assertThat(AUCTIONS.concerns(order, at(NOON, false), NOON)).isFalse();
        assertThat(AUCTIONS.concerns(order, quote(null, null, null, 1L, 1L, 1L, null, null), NOON))
                .isFalse();
    }

    @Test
    void thePriceOfTheAuctionIsWaitedForWhereThereIsOne() {
        Quote unopened = quote(10_000L, null, null, null, null, null, null, null);
        PaperOrder waiting = limit(Side.BUY, 10_000, SIGNALS);
        assertThat(AUCTIONS.concerns(waiting, unopened, NOON)).isFalse();
        assertThat(DEALER.concerns(waiting, unopened, NOON)).isTrue();
        assertThat(AUCTIONS.concerns(waiting.looked(null, null), unopened, NOON))
                .isTrue();
        assertThat(AUCTIONS.concerns(limit(Side.BUY, 10_000, OPEN), unopened, NOON))
                .isTrue();
    }

    @Test
    void theAuctionTakesWhatItReachesAndOnlyOnce() {
        for (Side side : Side.values()) {
            int worse = side == Side.BUY ? 10 : -10;
            PaperOrder waiting = limit(side, 10_000, SIGNALS);
            assertPrice(AUCTIONS, waiting, traded(10_000, 9_000, 9_000, 9_000 + 2_000), 10_000);
            assertPrice(AUCTIONS, waiting, traded(10_000 - worse, 10_000, 10_000, 10_000), 10_000 - worse);
            assertPrice(AUCTIONS, waiting, traded(10_000 + worse, 10_000, 10_000, 10_000 - worse), 10_000);
            assertNoPrice(AUCTIONS, waiting, traded(10_000 + worse, 10_000, 10_000, 10_000 + worse));
            PaperOrder seen = waiting.looked(won(10_000), won(10_000));
            assertPrice(AUCTIONS, seen, traded(10_000 - worse, 10_000, 10_000, 10_000 - 2 * worse), 10_000);
            assertNoPrice(AUCTIONS, seen, traded(10_000 - worse, 10_000, 10_000, 10_000 + worse));
        }
        assertPrice(AUCTIONS, market(Side.BUY, SIGNALS), traded(12_345, 9_000, 9_000, 9_000), 12_345);
        assertPrice(AUCTIONS, market(Side.SELL, SIGNALS), traded(12_345, 9_000, 9_000, 9_000), 12_345);
    }

    @Test
    void anOrderThatCameAfterTheOpenHasNoPartInTheAuction() {
        PaperOrder atTheOpen = limit(Side.BUY, 10_000, OPEN);
        assertThat(atTheOpen.restedBeforeOpen()).isFalse();
        assertThat(limit(Side.BUY, 10_000, OPEN.minusMillis(1)).restedBeforeOpen())
                .isTrue();
        assertNoPrice(AUCTIONS, atTheOpen, traded(9_000, 11_000, 9_000, 10_010));
        assertPrice(AUCTIONS, atTheOpen, traded(9_000, 11_000, 9_000, 9_990), 9_990);
        assertPrice(AUCTIONS, atTheOpen, traded(9_000, 11_000, 9_000, 10_000), 10_000);
        assertPrice(AUCTIONS, limit(Side.SELL, 10_000, OPEN), traded(9_000, 11_000, 9_000, 10_010), 10_010);
        assertNoPrice(AUCTIONS, limit(Side.SELL, 10_000, OPEN), traded(11_000, 11_000, 9_000, 9_990));
    }

    @Test
    void aRestingBidHasTradedWhenTheLowWentUnderItSinceTheFirstLook() {
        PaperOrder order = limit(Side.BUY, 10_000, NOON);
        assertPrice(AUCTIONS, order.looked(won(10_050), won(11_000)), traded(10_500, 11_000, 9_990, 10_500), 10_000);
        assertNoPrice(AUCTIONS, order.looked(won(10_050), won(11_000)), traded(10_500, 11_000, 10_000, 10_500));
        assertNoPrice(AUCTIONS, order.looked(won(9_990), won(11_000)), traded(10_500, 11_000, 9_990, 10_500));
        assertPrice(AUCTIONS, order.looked(won(9_990), won(11_000)), traded(10_500, 11_000, 9_980, 10_500), 10_000);
        assertNoPrice(AUCTIONS, order.looked(null, null), traded(10_500, 11_000, 9_980, 10_500));
        assertNoPrice(
                AUCTIONS,
                order.looked(won(10_050), won(11_000)),
                quote(10_500L, null, null, 10_500L, null, null, null, null));
    }

    @Test
    void aRestingOfferHasTradedWhenTheHighWentOverItSinceTheFirstLook() {
        PaperOrder order = limit(Side.SELL, 10_000, NOON);
        assertPrice(AUCTIONS, order.looked(won(9_000), won(9_950)), traded(9_500, 10_010, 9_000, 9_500), 10_000);
        assertNoPrice(AUCTIONS, order.looked(won(9_000), won(9_950)), traded(9_500, 10_000, 9_000, 9_500));
        assertNoPrice(AUCTIONS, order.looked(won(9_000), won(10_010)), traded(9_500, 10_010, 9_000, 9_500));
        assertPrice(AUCTIONS, order.looked(won(9_000), won(10_010)), traded(9_500, 10_020, 9_000, 9_500), 10_000);
        assertNoPrice(AUCTIONS, order.looked(null, null), traded(9_500, 10_020, 9_000, 9_500));
        assertNoPrice(
                AUCTIONS,
                order.looked(won(9_000), won(9_950)),
                quote(9_500L, null, null, 9_500L, null, null, null, null));
    }

    @Test
    void whatWaitedForTheOpenNeedsNoFirstLookToHaveTraded() {
        assertPrice(AUCTIONS, limit(Side.BUY, 10_000, SIGNALS), traded(10_500, 11_000, 9_990, 10_500), 10_000);
        assertPrice(AUCTIONS, limit(Side.SELL, 10_000, SIGNALS), traded(9_500, 10_010, 9_000, 9_500), 10_000);
        assertNoPrice(AUCTIONS, limit(Side.BUY, 10_000, SIGNALS), traded(10_500, 11_000, 10_000, 10_500));
        assertNoPrice(AUCTIONS, limit(Side.SELL, 10_000, SIGNALS), traded(9_500, 10_000, 9_000, 9_500));
    }

    @Test
    void nothingTradesAgainstALockedPrice() {
        for (long last : new long[] {13_000, 13_010}) {
            assertNoPrice(AUCTIONS, market(Side.BUY, NOON), walled(last));
            assertPrice(AUCTIONS, market(Side.SELL, NOON), walled(last), last - 10);
        }
        for (long last : new long[] {7_000, 6_990}) {
            assertNoPrice(AUCTIONS, market(Side.SELL, NOON), walled(last));
            assertPrice(AUCTIONS, market(Side.BUY, NOON), walled(last), last + 10);
        }
    }

    @Test
    void slippageEndsAtTheLimitOfTheDay() {
        assertPrice(AUCTIONS, market(Side.BUY, NOON), walled(12_995), 13_000);
        assertPrice(AUCTIONS, market(Side.BUY, NOON), walled(12_985), 12_995);
        assertPrice(AUCTIONS, market(Side.SELL, NOON), walled(7_005), 7_000);
        assertPrice(AUCTIONS, market(Side.SELL, NOON), walled(7_015), 7_005);
        assertPrice(AUCTIONS, market(Side.BUY, NOON), traded(1, 1, 1, 10_000), 10_010);
        assertPrice(AUCTIONS, market(Side.SELL, NOON), traded(1, 1, 1, 10_000), 9_990);
    }

    @Test
    void aDealerIsPaidOnHisOtherSideAndInTheMiddleWhereHeGivesNone() {
        Quote both = quote(10_000L, 9_998L, 10_002L, null, null, null, null, null);
        Quote middle = quote(10_000L, null, null, null, null, null, null, null);
        assertPrice(DEALER, market(Side.BUY, NOON), both, 10_002);
        assertPrice(DEALER, market(Side.SELL, NOON), both, 9_998);
        assertPrice(DEALER, market(Side.BUY, NOON), middle, 10_000);
        assertPrice(DEALER, market(Side.SELL, NOON), middle, 10_000);
        assertPrice(AUCTIONS, market(Side.BUY, NOON), both, 10_010);
        assertNoPrice(DEALER, limit(Side.BUY, 10_001, NOON), both);
        assertPrice(DEALER, limit(Side.BUY, 10_003, NOON), both, 10_002);
        assertNoPrice(DEALER, market(Side.BUY, NOON), quote(null, null, null, null, null, null, null, null));
    }

    @Test
    void anOrderTradesItsShareOfTheVolumeLessWhatItHas() {
        PaperOrder fresh = limit(Side.BUY, 10_000, NOON);
        assertThat(AUCTIONS.quantity(fresh, volume(309))).isEqualByComparingTo("30");
        assertThat(AUCTIONS.quantity(fresh, volume(100_000))).isEqualByComparingTo("100");
        assertThat(AUCTIONS.quantity(partly(fresh, 20), volume(309))).isEqualByComparingTo("10");
        assertThat(AUCTIONS.quantity(partly(fresh, 20), volume(100_000))).isEqualByComparingTo("80");
        assertThat(AUCTIONS.quantity(partly(fresh, 40), volume(309))).isZero();
        assertThat(DEALER.quantity(partly(fresh, 40), volume(0))).isEqualByComparingTo("60");
    }

    private static void assertPrice(Matching matching, PaperOrder order, Quote quote, long price) {
        assertThat(matching.price(order, quote)).as("%s %s", order, quote).contains(won(price));
    }

    private static void assertNoPrice(Matching matching, PaperOrder order, Quote quote) {
        assertThat(matching.price(order, quote)).as("%s %s", order, quote).isEqualTo(Optional.empty());
    }

    private static BigDecimal step(BigDecimal price, boolean up) {
        return price.add(won(up ? 10 : -10));
    }

    private static Quote traded(long open, long high, long low, long last) {
        return quote(last, null, null, open, high, low, null, null);
    }

    private static Quote walled(long last) {
        return quote(last, null, null, 10_000L, 13_000L, 7_000L, 13_000L, 7_000L);
    }

    private static Quote at(Instant at, boolean tradable) {
        return quote(10_000L, null, null, 10_000L, 10_000L, 10_000L, null, null, 1_000_000, at, tradable);
    }

    private static Quote volume(long volume) {
        return quote(10_000L, null, null, 10_000L, 10_000L, 10_000L, null, null, volume, NOON, true);
    }

    private static Quote quote(
            @Nullable Long last,
            @Nullable Long bid,
            @Nullable Long ask,
            @Nullable Long open,
            @Nullable Long high,
            @Nullable Long low,
            @Nullable Long upper,
            @Nullable Long lower) {
        return quote(last, bid, ask, open, high, low, upper, lower, 1_000_000, NOON, true);
    }

    private static Quote quote(
            @Nullable Long last,
            @Nullable Long bid,
            @Nullable Long ask,
            @Nullable Long open,
            @Nullable Long high,
            @Nullable Long low,
            @Nullable Long upper,
            @Nullable Long lower,
            long volume,
            Instant at,
            boolean tradable) {
        return new Quote(
                ALPHA,
                price(last),
                price(bid),
                price(ask),
                price(open),
                price(high),
                price(low),
                volume,
                null,
                price(upper),
                price(lower),
                at,
                tradable,
                "");
    }

    private static @Nullable BigDecimal price(@Nullable Long amount) {
        return amount == null ? null : won(amount);
    }

    private static PaperOrder limit(Side side, long limit, Instant accepted) {
        return order(side, OrderType.LIMIT, limit, 0, accepted);
    }

    private static PaperOrder market(Side side, Instant accepted) {
        return order(side, OrderType.MARKET, 0, 0, accepted);
    }

    private static PaperOrder partly(PaperOrder order, long filled) {
        return order(order.side(), order.type(), order.limit().longValueExact(), filled, order.acceptedAt());
    }

    private static PaperOrder order(Side side, OrderType type, long limit, long filled, Instant accepted) {
        return new PaperOrder(
                "an order",
                ACCOUNT,
                SESSION,
                ALPHA,
                side,
                type,
                won(limit),
                won(100),
                BigDecimal.ONE,
                OPEN,
                CLOSE,
                accepted,
                BrokerOrder.State.WORKING,
                won(filled),
                false,
                null,
                null,
                "",
                1);
    }
}
