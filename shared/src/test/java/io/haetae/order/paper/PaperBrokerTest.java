package io.haetae.order.paper;

import static io.haetae.order.TradingWorld.ACCOUNT;
import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.CLOSE;
import static io.haetae.order.TradingWorld.OPEN;
import static io.haetae.order.TradingWorld.SESSION;
import static io.haetae.order.TradingWorld.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.Charges;
import io.haetae.market.Costs;
import io.haetae.market.InstrumentId;
import io.haetae.market.Quote;
import io.haetae.order.Broker;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Execution;
import io.haetae.order.ExitTerms;
import io.haetae.order.Fill;
import io.haetae.order.Intent;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.order.OrderType;
import io.haetae.order.Purpose;
import io.haetae.order.Side;
import io.haetae.order.TimeInForce;
import io.haetae.order.TradingWorld;
import io.haetae.order.Validity;
import io.haetae.portfolio.AccountId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaperBrokerTest {

    private static final Instant LATER = OPEN.plusSeconds(900);

    private final TradingWorld world = new TradingWorld();
    private int count;

    @Test
    void aBidFromBeforeTheOpenTakesABetterOpen() {
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        trade(9_900, 9_950, 9_900, 9_950, 50_000, OPEN);
        assertThat(fills()).extracting(Fill::price).containsExactly(won(9_900));
    }

    @Test
    void aBidTheMarketComesDownToTradesAtItsLimit() {
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        trade(10_100, 10_200, 10_050, 10_100, 50_000, OPEN);
        assertThat(fills()).isEmpty();
        trade(10_100, 10_200, 10_000, 10_000, 60_000, LATER);
        assertThat(fills()).extracting(Fill::price).containsExactly(won(10_000));
    }

    @Test
    void aBidTheMarketWentThroughBetweenTwoLooksHasTraded() {
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        trade(10_100, 10_200, 10_100, 10_100, 50_000, OPEN);
        assertThat(fills()).isEmpty();
        trade(10_100, 10_200, 9_990, 10_150, 60_000, LATER);
        assertThat(fills()).extracting(Fill::price).containsExactly(won(10_000));
    }

    @Test
    void aLowThatOnlyTouchedTheBidMayHaveBeenSomeoneElses() {
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        trade(10_100, 10_200, 10_000, 10_150, 60_000, OPEN);
        assertThat(fills()).isEmpty();
    }

    @Test
    void aLowFromBeforeTheBidDoesNotCount() {
        world.time.advanceTo(LATER);
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        trade(9_800, 10_200, 9_800, 10_150, 60_000, LATER.plusSeconds(60));
        assertThat(fills()).isEmpty();
        trade(9_800, 10_200, 9_800, 10_150, 60_000, LATER.plusSeconds(120));
        assertThat(fills()).isEmpty();
        trade(9_800, 10_200, 9_700, 10_150, 60_000, LATER.plusSeconds(180));
        assertThat(fills()).extracting(Fill::price).containsExactly(won(10_000));
    }

    @Test
    void aBidOverTheMarketTradesAtTheMarket() {
        world.time.advanceTo(LATER);
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        trade(9_800, 10_200, 9_700, 9_900, 60_000, LATER.plusSeconds(60));
        assertThat(fills()).extracting(Fill::price).containsExactly(won(9_900));
    }

    @Test
    void anOfferMirrorsABid() {
        place(Side.SELL, OrderType.LIMIT, 10_000, 10);
        trade(10_300, 10_300, 10_100, 10_200, 50_000, OPEN);
        assertThat(fills()).extracting(Fill::price).containsExactly(won(10_300));

        place(Side.SELL, OrderType.LIMIT, 11_000, 10);
        trade(10_300, 10_900, 10_100, 10_200, 60_000, LATER);
        assertThat(fills()).hasSize(1);
        trade(10_300, 11_010, 10_100, 10_200, 60_000, LATER.plusSeconds(900));
        assertThat(fills()).extracting(Fill::price).containsExactly(won(10_300), won(11_000));
    }

    @Test
    void aMarketOrderPaysOneStepOfSlippage() {
        world.time.advanceTo(LATER);
        place(Side.SELL, OrderType.MARKET, 0, 100);
        place(Side.BUY, OrderType.MARKET, 0, 100);
        trade(10_000, 10_000, 9_000, 9_000, 50_000, LATER);
        assertThat(fills()).extracting(Fill::price).containsExactlyInAnyOrder(won(8_990), won(9_010));
    }

    @Test
    void aMarketOrderFromBeforeTheOpenTradesInTheAuction() {
        place(Side.BUY, OrderType.MARKET, 0, 100);
        trade(10_000, 10_300, 9_900, 10_300, 50_000, OPEN);
        assertThat(fills()).extracting(Fill::price).containsExactly(won(10_000));
    }

    @Test
    void anOrderTakesAtMostATenthOfTheVolume() {
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        trade(9_900, 9_900, 9_900, 9_900, 305, OPEN);
        assertThat(fills()).extracting(Fill::quantity).containsExactly(won(30));
        trade(9_900, 9_900, 9_900, 9_900, 305, OPEN.plusSeconds(60));
        assertThat(fills()).hasSize(1);
        trade(9_900, 9_900, 9_900, 9_900, 900, LATER);
        assertThat(fills()).extracting(Fill::quantity).containsExactly(won(30), won(60));
        trade(9_900, 9_900, 9_900, 9_900, 90_000, LATER.plusSeconds(900));
        assertThat(fills()).extracting(Fill::id).doesNotHaveDuplicates().hasSize(3);
        assertThat(shown().getFirst().state()).isEqualTo(BrokerOrder.State.FILLED);
    }

    @Test
    void nothingTradesWhereNothingIsMatched() {
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        world.time.advanceTo(OPEN);
        put(quote(9_900, null, null, OPEN, false));
        assertThat(fills()).isEmpty();
    }

    @Test
    void nothingTradesOnAStaleQuote() {
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        world.time.advanceTo(OPEN.plusSeconds(900));
        put(quote(9_900, null, null, OPEN.plusSeconds(600), true));
        assertThat(fills()).isEmpty();
    }

    @Test
    void nothingTradesBeforeTheOpen() {
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        world.time.advanceTo(OPEN.minusSeconds(60));
        put(quote(9_900, null, null, OPEN.minusSeconds(60), true));
        assertThat(fills()).isEmpty();
    }

    @Test
    void nobodySellsAtTheUpperLimitNorBuysAtTheLower() {
        world.time.advanceTo(LATER);
        place(Side.BUY, OrderType.MARKET, 0, 10);
        place(Side.SELL, OrderType.MARKET, 0, 10);
        put(limited(13_000, LATER));
        assertThat(fills()).extracting(Fill::side).containsExactly(Side.SELL);
        put(limited(7_000, LATER));
        world.time.advanceTo(LATER.plusSeconds(1));
        put(limited(7_000, LATER.plusSeconds(1)));
        assertThat(fills()).extracting(Fill::side).containsExactlyInAnyOrder(Side.SELL, Side.BUY);
    }

    @Test
    void aDayOrderExpiresAfterTheClose() {
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        world.time.advanceTo(CLOSE);
        assertThat(shown().getFirst().state()).isEqualTo(BrokerOrder.State.WORKING);
        trade(9_900, 9_900, 9_900, 9_900, 50_000, CLOSE.plusSeconds(1));
        assertThat(shown().getFirst().state()).isEqualTo(BrokerOrder.State.EXPIRED);
        assertThat(fills()).isEmpty();
    }

    @Test
    void theSameOrderIsTakenOnce() {
        Order order = place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        assertThat(world.paper.place(order)).isInstanceOf(Broker.Placement.Accepted.class);
        assertThat(shown()).hasSize(1);
    }

    @Test
    void anOrderThatComesTooLateIsNotTaken() {
        Order order = order(Side.BUY, OrderType.LIMIT, won(10_000), won(1), ALPHA);
        world.time.advanceTo(OPEN);
        assertThat(world.paper.place(order)).isInstanceOf(Broker.Placement.Rejected.class);
        assertThat(shown()).isEmpty();
    }

    @Test
    void aCancelledOrderTradesNoMore() {
        Order order = place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        assertThat(world.paper.cancel(order)).isInstanceOf(Broker.Cancellation.Confirmed.class);
        assertThat(world.paper.cancel(order)).isInstanceOf(Broker.Cancellation.Confirmed.class);
        trade(9_900, 9_900, 9_900, 9_900, 50_000, OPEN);
        assertThat(fills()).isEmpty();
        assertThat(shown().getFirst().state()).isEqualTo(BrokerOrder.State.CANCELLED);
    }

    @Test
    void anUnknownOrderCannotBeCancelled() {
        assertThat(world.paper.cancel(order(Side.BUY, OrderType.LIMIT, won(1), won(1), ALPHA)))
                .isInstanceOf(Broker.Cancellation.Refused.class);
    }

    /** S9. */
    @Test
    void missingQuotesAreAFailedReadAndNotAnEmptyOne() {
        place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        world.time.advanceTo(OPEN);
        world.quotes.unavailable = true;
        assertThat(world.paper.orders(ACCOUNT, SESSION)).isInstanceOf(Broker.Read.Failed.class);
    }

    @Test
    void aDealersQuoteIsPaidOnItsOtherSideInAnyFraction() {
        PaperBroker dealer = new PaperBroker(
                world.book, world.quotes, new Free(), (_, _, price, _) -> price, PaperTerms.saxo(), world.time);
        world.time.advanceTo(LATER);
        Order order = order(Side.BUY, OrderType.MARKET, won(0), new BigDecimal("0.25"), ALPHA);
        assertThat(dealer.place(order)).isInstanceOf(Broker.Placement.Accepted.class);
        put(quote(10_000, won(9_999), won(10_001), LATER.minusSeconds(30), true));
        assertThat(dealer.orders(ACCOUNT, SESSION)).isInstanceOf(Broker.Read.Complete.class);
        assertThat(world.book.fills(ACCOUNT, SESSION)).singleElement().satisfies(fill -> {
            assertThat(fill.price()).isEqualByComparingTo("10001");
            assertThat(fill.quantity()).isEqualByComparingTo("0.25");
            assertThat(fill.id()).isEqualTo(order.id() + "#0.25");
        });
    }

    @Test
    void anOrderIsTakenUntilItsSendingIsOverOrItsSessionIs() {
        Order order = order(Side.BUY, OrderType.LIMIT, won(10_000), won(1), ALPHA);
        Instant sendBy = world.time.now().plusSeconds(20);
        world.time.advanceTo(sendBy.minusMillis(1));
        assertThat(world.paper.place(order))
                .isInstanceOfSatisfying(Broker.Placement.Accepted.class, accepted -> assertThat(accepted.brokerId())
                        .isEqualTo("paper-" + order.id()));
        world.time.advanceTo(sendBy);
        assertRejected(order, "TOO_LATE");

        world.time.advanceTo(CLOSE);
        Order last = place(Side.BUY, OrderType.LIMIT, 10_000, 1);
        world.time.advanceTo(CLOSE.plusMillis(1));
        assertRejected(last, "MARKET_CLOSED");
        assertThat(shown()).hasSize(2);
    }

    @Test
    void whatItShowsIsTheOrderAsItStands() {
        Order bid = place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        Order sale = place(Side.SELL, OrderType.MARKET, 0, 10);
        Instant accepted = world.time.now();
        trade(9_900, 9_950, 9_900, 9_950, 500, OPEN);
        assertThat(shown())
                .containsExactlyInAnyOrder(
                        new BrokerOrder(
                                "paper-" + bid.id(),
                                Optional.of(bid.id()),
                                ALPHA,
                                Side.BUY,
                                won(100),
                                Optional.of(won(10_000)),
                                accepted,
                                BrokerOrder.State.WORKING,
                                won(50),
                                ""),
                        new BrokerOrder(
                                "paper-" + sale.id(),
                                Optional.of(sale.id()),
                                ALPHA,
                                Side.SELL,
                                won(10),
                                Optional.empty(),
                                accepted,
                                BrokerOrder.State.FILLED,
                                won(10),
                                ""));
    }

    @Test
    void whatItTradedIsChargedAsASaleOrAPurchase() {
        Order bid = place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        Order sale = place(Side.SELL, OrderType.LIMIT, 9_000, 100);
        trade(10_000, 10_000, 10_000, 10_000, 500_000, OPEN);
        assertThat(((Broker.Read.Complete<Execution>) world.paper.executions(ACCOUNT, SESSION)).rows())
                .containsExactlyInAnyOrder(executed(bid, 100, 0), executed(sale, 100, 2_000));
        assertThat(world.paper.executions(ACCOUNT, SESSION.plusDays(1)))
                .isEqualTo(new Broker.Read.Complete<Execution>(List.of()));
    }

    @Test
    void anOrderThatNothingTradesWithIsLookedAtOnce() {
        Order order = place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        long before = kept(order).version();
        world.time.advanceTo(OPEN.minusMillis(1));
        world.quotes.trade(ALPHA, 10_100, 10_200, 10_050, 10_100, 5, OPEN);
        var _ = shown();
        assertThat(kept(order).seen()).isFalse();

        trade(10_100, 10_200, 10_050, 10_100, 5, OPEN);
        assertThat(kept(order).seen()).isTrue();
        assertThat(kept(order).low()).isEqualByComparingTo("10050");
        assertThat(kept(order).high()).isEqualByComparingTo("10200");
        trade(10_100, 10_300, 10_020, 10_100, 5, LATER);
        assertThat(kept(order).low()).isEqualByComparingTo("10050");
        assertThat(kept(order).version()).isEqualTo(before + 1);
        trade(10_100, 10_300, 9_000, 9_000, 5, LATER.plusSeconds(1));
        assertThat(kept(order).version()).isEqualTo(before + 1);
        trade(10_100, 10_300, 9_000, 9_000, 20, LATER.plusSeconds(2));
        assertThat(kept(order).version()).isEqualTo(before + 2);
        assertThat(kept(order).low()).isEqualByComparingTo("10050");
        assertThat(kept(order).high()).isEqualByComparingTo("10200");
        assertThat(fills()).extracting(Fill::quantity).containsExactly(won(2));
    }

    @Test
    void whyAnOrderEndedIsKept() {
        Order cancelled = place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        Order changed = new Order(
                cancelled.id(),
                cancelled.intent(),
                cancelled.type(),
                cancelled.timeInForce(),
                cancelled.price(),
                cancelled.quantity(),
                cancelled.conversion(),
                cancelled.reserved(),
                cancelled.validity(),
                cancelled.terms(),
                null,
                "",
                OrderState.CANCELLING,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                null,
                null,
                "a person said so",
                cancelled.intendedAt(),
                cancelled.sendBy(),
                cancelled.changedAt(),
                2,
                2,
                Set.of());
        long before = kept(cancelled).version();
        assertThat(world.paper.cancel(changed)).isInstanceOf(Broker.Cancellation.Confirmed.class);
        assertThat(shown()).extracting(BrokerOrder::note).containsExactly("a person said so");
        assertThat(kept(cancelled).version()).isEqualTo(before + 1);
        Order expired = place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        world.time.advanceTo(CLOSE.plusMillis(1));
        var _ = shown();
        assertThat(kept(expired).note()).isEqualTo("the session ended " + CLOSE);
        assertThat(kept(cancelled).state()).isEqualTo(BrokerOrder.State.CANCELLED);
    }

    @Test
    void itKeepsNoAccountsAndSaysSo() {
        assertThat(world.paper.holdings(ACCOUNT))
                .isInstanceOfSatisfying(Broker.Read.Failed.class, failed -> assertThat(failed.cause())
                        .contains("keeps no accounts"));
        assertThat(world.paper.funds(ACCOUNT))
                .isInstanceOfSatisfying(Broker.Read.Failed.class, failed -> assertThat(failed.cause())
                        .contains("keeps no accounts"));
        assertThat(world.paper.traits())
                .isEqualTo(new Broker.Traits(Duration.ZERO, Duration.ZERO, true, true, false, List.of()));
        assertThat(world.paper.refusesOverselling(ALPHA)).isFalse();
    }

    @Test
    void theVenueIsAskedBeforehandWhereItCanBe() {
        Order order = order(Side.BUY, OrderType.LIMIT, won(10_000), won(1), ALPHA);
        assertThat(world.paper.precheck(order)).isEqualTo(new Broker.Precheck.Passed("paper"));
        PaperBroker asking = new PaperBroker(
                world.book,
                world.quotes,
                new Free(),
                (_, _, price, _) -> price,
                PaperTerms.saxo(),
                asked -> new Broker.Precheck.Refused("NO", asked.id()),
                world.time);
        assertThat(asking.precheck(order)).isEqualTo(new Broker.Precheck.Refused("NO", order.id()));
    }

    @Test
    void aCancelThatAnotherRunOvertookIsNotConfirmed() {
        Order order = place(Side.BUY, OrderType.LIMIT, 10_000, 100);
        PaperBroker overtaken = new PaperBroker(
                new Overtaken(world.book),
                world.quotes,
                new Free(),
                (_, _, price, _) -> price,
                PaperTerms.krx(),
                world.time);
        assertThat(overtaken.cancel(order)).isInstanceOf(Broker.Cancellation.Unknown.class);
        assertThat(shown().getFirst().state()).isEqualTo(BrokerOrder.State.WORKING);
    }

    private void assertRejected(Order order, String code) {
        assertThat(world.paper.place(order))
                .isInstanceOfSatisfying(Broker.Placement.Rejected.class, rejected -> assertThat(rejected.code())
                        .isEqualTo(code));
    }

    private PaperOrder kept(Order order) {
        return world.book.order(ACCOUNT, order.id()).orElseThrow();
    }

    private static Execution executed(Order order, long commission, long tax) {
        return new Execution.Trade(
                "paper-" + order.id(),
                order.id() + "#100",
                won(100),
                won(10_000),
                BigDecimal.ONE,
                won(commission),
                won(tax),
                OPEN);
    }

    private Order place(Side side, OrderType type, long limit, long quantity) {
        Order order = order(side, type, won(limit), won(quantity), ALPHA);
        assertThat(world.paper.place(order)).isInstanceOf(Broker.Placement.Accepted.class);
        return order;
    }

    private void trade(long open, long high, long low, long last, long volume, Instant at) {
        world.time.advanceTo(at);
        world.quotes.trade(ALPHA, open, high, low, last, volume, at);
        List<BrokerOrder> _ = shown();
    }

    private void put(Quote quote) {
        world.quotes.put(quote);
        List<BrokerOrder> _ = shown();
    }

    private List<BrokerOrder> shown() {
        return ((Broker.Read.Complete<BrokerOrder>) world.paper.orders(ACCOUNT, SESSION)).rows();
    }

    private List<Fill> fills() {
        return world.book.fills(ACCOUNT, SESSION);
    }

    private static Quote quote(
            long last, @Nullable BigDecimal bid, @Nullable BigDecimal ask, Instant at, boolean tradable) {
        return new Quote(
                ALPHA, won(last), bid, ask, won(last), won(last), won(last), 1_000_000, null, null, null, at, tradable,
                "");
    }

    private static Quote limited(long last, Instant at) {
        return new Quote(
                ALPHA,
                won(last),
                null,
                null,
                won(10_000),
                won(13_000),
                won(7_000),
                1_000_000,
                won(10_000),
                won(13_000),
                won(7_000),
                at,
                true,
                "");
    }

    private Order order(Side side, OrderType type, BigDecimal limit, BigDecimal quantity, InstrumentId instrument) {
        Intent intent =
                new Intent(ACCOUNT, SESSION, "momentum", instrument, side, Purpose.ENTRY, "cause " + count++, 0);
        Instant now = world.time.now();
        return new Order(
                intent.id(),
                intent,
                type,
                TimeInForce.DAY,
                limit,
                quantity,
                BigDecimal.ONE,
                BigDecimal.ZERO,
                new Validity(OPEN, CLOSE, CLOSE),
                ExitTerms.NONE,
                null,
                "",
                OrderState.SENDING,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                null,
                null,
                "",
                now,
                now.plusSeconds(20),
                now,
                1,
                1,
                Set.of());
    }

    private static final class Free implements Costs {
        @Override
        public Charges buying(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session) {
            return Charges.NONE;
        }

        @Override
        public Charges selling(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session) {
            return Charges.NONE;
        }
    }

    /** Every order changes before it can be written. */
    private record Overtaken(PaperBook book) implements PaperBook {

        @Override
        public Optional<PaperOrder> order(AccountId account, String id) {
            return book.order(account, id);
        }

        @Override
        public List<PaperOrder> orders(AccountId account, LocalDate session) {
            return book.orders(account, session);
        }

        @Override
        public List<Fill> fills(AccountId account, LocalDate session) {
            return book.fills(account, session);
        }

        @Override
        public boolean add(PaperOrder order) {
            return book.add(order);
        }

        @Override
        public boolean update(PaperOrder order, Optional<Fill> fill) {
            return false;
        }
    }
}
