package io.haetae.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.haetae.local.broker.VenueUnderTest.Failure;
import io.haetae.local.broker.VenueUnderTest.Gate;
import io.haetae.local.broker.VenueUnderTest.Reading;
import io.haetae.order.Broker;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Execution;
import io.haetae.order.ExitRule;
import io.haetae.order.ExitTerms;
import io.haetae.order.Funds;
import io.haetae.order.Holding;
import io.haetae.order.Intent;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.order.OrderType;
import io.haetae.order.Purpose;
import io.haetae.order.Side;
import io.haetae.order.TimeInForce;
import io.haetae.portfolio.Position;
import io.haetae.store.StoreUnavailableException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link Broker} must do. Quantities are counted in the venue's smallest unit. */
abstract class BrokerConformance {

    private static final Duration SENDING_TIME = Duration.ofSeconds(20);

    VenueUnderTest venue;
    private Broker broker;
    private int decisions;

    abstract VenueUnderTest open();

    @BeforeEach
    void openVenue() {
        venue = open();
        broker = venue.broker();
    }

    @AfterEach
    void closeVenue() {
        venue.close();
    }

    @Test
    void anOrderIsTakenOnceAndShown() {
        Order order = buy(10, venue.resting(Side.BUY));

        String id = accepted(order);

        BrokerOrder row = row(id);
        assertThat(row.state()).isEqualTo(BrokerOrder.State.WORKING);
        assertThat(row.instrument()).isEqualTo(venue.instrument());
        assertThat(row.side()).isEqualTo(Side.BUY);
        assertThat(row.quantity()).isEqualByComparingTo(units(10));
        assertThat(row.limit()).hasValueSatisfying(limit -> assertThat(limit).isEqualByComparingTo(order.price()));
        assertThat(Duration.between(order.changedAt(), row.placedAt()))
                .isBetween(Duration.ofSeconds(-1), SENDING_TIME.plusSeconds(1));
        assertThat(row.reference())
                .isEqualTo(broker.traits().carriesReference() ? Optional.of(order.id()) : Optional.empty());
        assertThat(venue.posts()).isEqualTo(1);
        assertThat(venue.taken()).isEqualTo(1);
    }

    /** S12. */
    @Test
    void acceptedIsNotFilled() {
        String id = accepted(buy(10, venue.resting(Side.BUY)));

        assertThat(row(id).filled()).isZero();
        assertThat(traded(id)).isZero();
        assertThat(held()).isZero();
    }

    @Test
    void anOrderThatTradesAtOnceIsShownFilledWithWhatItTraded() {
        String id = accepted(buy(10, venue.crossing(Side.BUY)));

        BrokerOrder row = row(id);
        assertThat(row.state()).isEqualTo(BrokerOrder.State.FILLED);
        assertThat(row.filled()).isEqualByComparingTo(units(10));
        assertThat(traded(id)).isEqualByComparingTo(units(10));
        assertThat(amount(id))
                .isPositive()
                .isLessThanOrEqualTo(venue.crossing(Side.BUY).multiply(units(10)));
        assertThat(held()).isEqualByComparingTo(booked(10));
    }

    @Test
    void anOrderAtTheMarketTrades() {
        String id = accepted(order(Side.BUY, OrderType.MARKET, units(10), venue.crossing(Side.BUY)));

        assertThat(row(id).state()).isEqualTo(BrokerOrder.State.FILLED);
        assertThat(traded(id)).isEqualByComparingTo(units(10));
    }

    @Test
    void partsAddUpToTheWholeAtTheirExactAmount() {
        Order order = buy(10, venue.resting(Side.BUY));
        String id = accepted(order);

        venue.fill(id, units(3));
        assertThat(row(id).state()).isEqualTo(BrokerOrder.State.WORKING);
        assertThat(row(id).filled()).isEqualByComparingTo(units(3));
        assertThat(traded(id)).isEqualByComparingTo(units(3));
        venue.fill(id, units(2));
        venue.fill(id, units(5));

        assertThat(row(id).state()).isEqualTo(BrokerOrder.State.FILLED);
        assertThat(traded(id)).isEqualByComparingTo(units(10));
        assertThat(amount(id)).isEqualByComparingTo(order.price().multiply(units(10)));
        assertThat(held()).isEqualByComparingTo(booked(10));
    }

    /** D11. */
    @Test
    void whatTradedBeforeACancelStaysTradedAndTheRestTradesNoMore() {
        Order order = buy(10, venue.resting(Side.BUY));
        String id = accepted(order);
        venue.fill(id, units(4));

        assertThat(cancelled(sent(order, id))).isInstanceOf(Broker.Cancellation.Confirmed.class);

        BrokerOrder row = row(id);
        assertThat(row.state()).isEqualTo(BrokerOrder.State.CANCELLED);
        assertThat(row.filled()).isEqualByComparingTo(units(4));
        assertThat(traded(id)).isEqualByComparingTo(units(4));
    }

    @Test
    void whatACancelReturnsCanBeSpentAgain() {
        Funds before = funds();
        Order order = buy(10, venue.resting(Side.BUY));
        String id = accepted(order);

        assertThat(cancelled(sent(order, id))).isInstanceOf(Broker.Cancellation.Confirmed.class);

        if (broker.traits().keepsAccounts()) {
            assertThat(funds().buyingPower()).isEqualByComparingTo(before.buyingPower());
        }
        assertThat(row(id).state()).isEqualTo(BrokerOrder.State.CANCELLED);
        assertThat(traded(id)).isZero();
    }

    @Test
    void aCancelAfterTheFillChangesNothing() {
        Order order = buy(10, venue.crossing(Side.BUY));
        String id = accepted(order);
        assertThat(row(id).state()).isEqualTo(BrokerOrder.State.FILLED);

        Broker.Cancellation _ = cancelled(sent(order, id));

        assertThat(row(id).state()).isEqualTo(BrokerOrder.State.FILLED);
        assertThat(traded(id)).isEqualByComparingTo(units(10));
    }

    @Test
    void aCancelWhoseAnswerIsLostIsNotCalledRefused() {
        Order order = buy(10, venue.resting(Side.BUY));
        String id = accepted(order);
        venue.loseNextCancelAnswer();

        Broker.Cancellation answer = cancelled(sent(order, id));

        assertThat(answer).isNotInstanceOf(Broker.Cancellation.Refused.class);
        assertThat(row(id).state()).isEqualTo(BrokerOrder.State.CANCELLED);
    }

    @Test
    void aCancelOfAnOrderNobodyKnowsLeavesTheOthersAlone() {
        Order order = buy(10, venue.resting(Side.BUY));
        String id = accepted(order);
        Order stranger = sent(buy(10, venue.resting(Side.BUY)), id.replaceAll(".$", id.endsWith("9") ? "8" : "9"));

        Broker.Cancellation _ = cancelled(stranger);

        assertThat(row(id).state()).isEqualTo(BrokerOrder.State.WORKING);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void aRefusedOrderIsProvenNotTaken() {
        venue.rejectNext();

        assertThat(placed(buy(10, venue.resting(Side.BUY)))).isInstanceOf(Broker.Placement.Rejected.class);

        assertThat(venue.posts()).isLessThanOrEqualTo(1);
        assertThat(venue.taken()).isZero();
        assertThat(rows())
                .allMatch(row -> row.state() == BrokerOrder.State.REJECTED
                        && row.filled().signum() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void anOrderThatIsTurnedAwayBeforeAnybodyLooksAtItIsNotJudged(Gate why) {
        connect();
        if (!venue.turnAwayNext(why)) {
            return;
        }

        assertThat(placed(buy(10, venue.resting(Side.BUY))))
                .isInstanceOfSatisfying(Broker.Placement.Rejected.class, turnedAway -> assertThat(turnedAway.judged())
                        .isFalse());

        assertThat(venue.taken()).isZero();
        assertThat(rows()).isEmpty();
        String _ = accepted(buy(10, venue.resting(Side.BUY)));
        assertThat(venue.taken()).isEqualTo(1);
    }

    /** D1. */
    @Test
    void aLostAnswerIsUnknownAndTheOrderIsShown() {
        venue.loseNextAnswer();
        Order order = buy(10, venue.resting(Side.BUY));

        assertThat(placed(order)).isInstanceOf(Broker.Placement.Unknown.class);

        onlyOne(order, BrokerOrder.State.WORKING);
    }

    /** D1. */
    @Test
    void anAnswerThatDoesNotComeIsUnknownAndTheOrderIsShown() {
        venue.hangNextAnswer();
        Order order = buy(10, venue.resting(Side.BUY));

        assertThat(placed(order)).isInstanceOf(Broker.Placement.Unknown.class);

        onlyOne(order, BrokerOrder.State.WORKING);
    }

    /** D1. */
    @Test
    void anAnswerThatSaysItDoesNotKnowIsUnknownAndTheOrderIsShown() {
        venue.answerUnsureNext();
        Order order = buy(10, venue.resting(Side.BUY));

        assertThat(placed(order)).isInstanceOf(Broker.Placement.Unknown.class);

        onlyOne(order, BrokerOrder.State.WORKING);
    }

    /** D3. */
    @Test
    void anOrderThatTradedWhileItsAnswerWasLostIsShownFilled() {
        venue.loseNextAnswer();
        Order order = buy(10, venue.crossing(Side.BUY));

        assertThat(placed(order)).isInstanceOf(Broker.Placement.Unknown.class);

        onlyOne(order, BrokerOrder.State.FILLED);
        assertThat(traded(rows().getFirst().brokerId())).isEqualByComparingTo(units(10));
    }

    @Test
    void anOrderThatNeverArrivedIsUnknownAndNotTriedAgain() {
        venue.dropNext();

        assertThat(placed(buy(10, venue.resting(Side.BUY)))).isInstanceOf(Broker.Placement.Unknown.class);

        assertThat(venue.taken()).isZero();
        assertThat(rows()).isEmpty();
    }

    @Test
    void nothingIsSentFromTheLastMomentOn() {
        Order order = buy(10, venue.resting(Side.BUY));
        venue.time().advanceTo(Objects.requireNonNull(order.sendBy()));

        assertThat(placed(order))
                .isInstanceOfSatisfying(Broker.Placement.Rejected.class, late -> assertThat(late.judged())
                        .isFalse());

        assertThat(venue.posts()).isZero();
    }

    @Test
    void askingFirstSendsNothingThatTrades() {
        assertThat(broker.precheck(buy(10, venue.resting(Side.BUY)))).isInstanceOf(Broker.Precheck.Passed.class);

        assertThat(venue.taken()).isZero();
        assertThat(rows()).isEmpty();
    }

    @Test
    void moreThanTheMoneyBuysIsRefused() {
        if (!broker.traits().keepsAccounts()) {
            return;
        }
        BigDecimal limit = venue.resting(Side.BUY);
        BigDecimal tooMany = funds().buyingPower()
                .divide(limit.multiply(venue.unit()), 0, java.math.RoundingMode.UP)
                .multiply(BigDecimal.TWO);
        Order order = order(Side.BUY, OrderType.LIMIT, tooMany.multiply(venue.unit()), limit);

        assertThat(broker.precheck(order)).isNotInstanceOf(Broker.Precheck.Failed.class);
        assertThat(placed(order)).isInstanceOf(Broker.Placement.Rejected.class);

        assertThat(venue.taken()).isZero();
    }

    @Test
    void moreThanIsHeldIsNotSold() {
        if (!broker.refusesOverselling(venue.instrument()) || !broker.traits().keepsAccounts()) {
            return;
        }
        String bought = accepted(buy(4, venue.crossing(Side.BUY)));
        assertThat(traded(bought)).isEqualByComparingTo(units(4));

        assertThat(placed(sell(5, venue.resting(Side.SELL)))).isInstanceOf(Broker.Placement.Rejected.class);

        assertThat(venue.taken()).isEqualTo(1);
        assertThat(held()).isEqualByComparingTo(units(4));
    }

    @Test
    void whatASaleReservesIsNotSellableAgain() {
        if (!broker.traits().keepsAccounts()) {
            return;
        }
        String bought = accepted(buy(10, venue.crossing(Side.BUY)));
        assertThat(traded(bought)).isEqualByComparingTo(units(10));
        String _ = accepted(sell(6, venue.resting(Side.SELL)));

        Holding holding = holdings().getFirst();

        assertThat(holding.instrument()).isEqualTo(venue.instrument());
        assertThat(holding.quantity()).isEqualByComparingTo(units(10));
        assertThat(holding.sellable()).isEqualByComparingTo(units(4));
        assertThat(holding.averageCost())
                .hasValueSatisfying(cost -> assertThat(cost).isPositive());
    }

    /** G7. */
    @Test
    void aSaleSellsAndMoneyAndHoldingsBalance() {
        Funds before = funds();
        String bought = accepted(buy(10, venue.crossing(Side.BUY)));
        assertThat(traded(bought)).isEqualByComparingTo(units(10));

        String sold = accepted(sell(10, venue.crossing(Side.SELL)));

        assertThat(row(sold).side()).isEqualTo(Side.SELL);
        assertThat(row(sold).state()).isEqualTo(BrokerOrder.State.FILLED);
        assertThat(traded(sold)).isEqualByComparingTo(units(10));
        assertThat(held()).isZero();
        if (broker.traits().keepsAccounts()) {
            BigDecimal moved = amount(sold).subtract(amount(bought)).subtract(charges());
            assertThat(funds().balance()).isEqualByComparingTo(before.balance().add(moved));
        }
    }

    /** D16. */
    @Test
    void rowsShownTwiceAreTheSameRows() {
        if (!venue.repeatRows()) {
            return;
        }
        String id = accepted(buy(10, venue.resting(Side.BUY)));
        venue.fill(id, units(4));
        venue.fill(id, units(3));

        assertThat(traded(id)).isEqualByComparingTo(units(7));
        assertThat(new HashSet<>(rows())).hasSize(1);
    }

    /** D16. */
    @Test
    void theOrderOfRowsSaysNothing() {
        String id = accepted(buy(10, venue.resting(Side.BUY)));
        venue.fill(id, units(4));
        venue.fill(id, units(3));
        String other = accepted(buy(10, venue.resting(Side.BUY)));
        Set<BrokerOrder> shown = new HashSet<>(rows());

        if (venue.reverseRows()) {
            assertThat(new HashSet<>(rows())).isEqualTo(shown);
        }
        assertThat(amount(id)).isEqualByComparingTo(venue.resting(Side.BUY).multiply(units(7)));
        assertThat(traded(id)).isEqualByComparingTo(units(7));
        assertThat(traded(other)).isZero();
    }

    /** S9. */
    @Test
    void aReadThatFailedIsNotAnEmptyOne() {
        String id = accepted(buy(10, venue.resting(Side.BUY)));
        venue.fill(id, units(4));
        for (Reading reading : Reading.values()) {
            for (Failure failure : venue.failures(reading)) {
                if (failure != Failure.PAGE_TWO) {
                    venue.failNext(reading, failure);
                    assertThat(read(reading)).as("%s %s", reading, failure).isInstanceOf(Broker.Read.Failed.class);
                    assertThat(read(reading))
                            .as("%s after %s", reading, failure)
                            .isInstanceOf(Broker.Read.Complete.class);
                }
            }
        }
    }

    @Test
    void everyPageIsRead() {
        if (venue.rowsOnPage() == 0) {
            return;
        }
        Order order = buy(1, venue.resting(Side.BUY));
        String first = accepted(order);
        for (int i = 0; i < venue.rowsOnPage(); i++) {
            String _ = venue.byHand(Side.BUY, venue.unit(), venue.resting(Side.BUY));
        }

        assertThat(rows()).extracting(BrokerOrder::brokerId).contains(first).hasSize(venue.rowsOnPage() + 1);
        if (venue.failures(Reading.ORDERS).contains(Failure.PAGE_TWO)) {
            venue.failNext(Reading.ORDERS, Failure.PAGE_TWO);
            assertThat(read(Reading.ORDERS)).isInstanceOf(Broker.Read.Failed.class);
        }
    }

    @Test
    void aPersonsOrderIsShownAndIsNotOurs() {
        if (!venue.hasPeople()) {
            return;
        }
        Order order = buy(10, venue.resting(Side.BUY));
        String ours = accepted(order);
        String theirs = venue.byHand(Side.BUY, units(10), venue.resting(Side.BUY));
        venue.fill(theirs, units(10));

        assertThat(rows()).extracting(BrokerOrder::brokerId).containsExactlyInAnyOrder(ours, theirs);
        assertThat(row(theirs).reference().filter(order.id()::equals)).isEmpty();
        assertThat(traded(theirs)).isEqualByComparingTo(units(10));
        assertThat(traded(ours)).isZero();
        assertThat(venue.taken()).isEqualTo(1);
        assertThat(held()).isEqualByComparingTo(booked(10));
    }

    @Test
    void whileTheVenueIsClosedNothingTrades() {
        venue.time().advanceTo(venue.closed());

        Broker.Placement placement = placed(buy(10, venue.crossing(Side.BUY)));

        if (venue.takesOrdersWhileClosed()) {
            assertThat(placement).isNotInstanceOf(Broker.Placement.Unknown.class);
        } else {
            assertThat(placement).isInstanceOf(Broker.Placement.Rejected.class);
            assertThat(venue.taken()).isZero();
        }
        assertThat(executions()).isEmpty();
    }

    @Test
    void aDayOrderIsNotWorkingAfterItsSession() {
        Order order = buy(10, venue.resting(Side.BUY));
        String id = accepted(order);
        venue.fill(id, units(4));

        venue.time()
                .advanceTo(venue.validity().ends().plus(broker.traits().lag()).plusSeconds(60));

        assertThat(row(id).state()).isIn(BrokerOrder.State.EXPIRED, BrokerOrder.State.CANCELLED);
        assertThat(row(id).filled()).isEqualByComparingTo(units(4));
    }

    // The desk over the broker.

    /** D1, D3. */
    @Test
    void theDeskFindsWhatALostAnswerBoughtAndBuysItOnce() throws InterruptedException {
        DeskOnVenue desk = desk();
        venue.loseNextAnswer();
        for (int run = 0; run < 5; run++) {
            var _ = desk.buy(units(10), venue.crossing(Side.BUY));
        }
        desk.waitUntilJudged(desk.bought());
        var _ = desk.advance();

        assertThat(desk.bought().state()).isEqualTo(OrderState.FILLED);
        assertThat(desk.position().quantity()).isEqualByComparingTo(units(10));
        assertThat(desk.cash().reserved()).isZero();
        assertThat(venue.posts()).isEqualTo(1);
        assertThat(venue.taken()).isEqualTo(1);
    }

    /** D1. */
    @Test
    void theDeskSendsNothingAgainThatNeverArrived() throws InterruptedException {
        DeskOnVenue desk = desk();
        venue.dropNext();
        var _ = desk.buy(units(10), venue.resting(Side.BUY));
        desk.waitUntilJudged(desk.bought());
        for (int run = 0; run < 3; run++) {
            var _ = desk.advance();
            if (broker.traits().readsProve()) {
                assertThat(desk.bought().state()).isEqualTo(OrderState.NOT_PLACED);
            } else {
                // Nobody knows how far lists lag: until the session is over another run of the decision sends nothing.
                var _ = desk.buy(units(10), venue.resting(Side.BUY));
                assertThat(desk.bought().state()).isEqualTo(OrderState.UNKNOWN);
                assertThat(desk.cash().reserved()).isPositive();
            }
        }
        venue.time()
                .advanceTo(venue.validity().ends().plus(broker.traits().lag()).plusSeconds(60));
        var _ = desk.advance();
        var _ = desk.advance();

        assertThat(desk.bought().state()).isEqualTo(OrderState.NOT_PLACED);
        assertThat(desk.cash().reserved()).isZero();
        assertThat(venue.taken()).isZero();
    }

    /** The stop of what a venue would not sell twice does not wait for the end of the session. */
    @Test
    void theDeskSendsAStopAgainInItsSessionWhenReadsProveThatItNeverArrived() throws InterruptedException {
        DeskOnVenue desk = holding(10);
        venue.dropNext();
        Order lost = stop(desk);
        assertThat(lost.state()).isIn(OrderState.UNKNOWN, OrderState.SENDING);
        desk.waitUntilJudged(lost);
        var _ = desk.advance();
        Order sent = stop(desk);
        settle();
        var _ = desk.advance();

        assertThat(sales(desk)).extracting(Order::state).containsExactly(OrderState.NOT_PLACED, OrderState.FILLED);
        assertThat(sent.intent().n()).isEqualTo(lost.intent().n() + 1);
        assertThat(desk.position().quantity()).isZero();
        assertThat(desk.position().reserved()).isZero();
        assertThat(held()).isZero();
        assertThat(venue.taken()).isEqualTo(2);
    }

    /** D3: of a stop whose answer was lost no second one is sold. */
    @Test
    void theDeskSendsNoSecondStopWhenTheFirstOneArrived() throws InterruptedException {
        DeskOnVenue desk = holding(10);
        venue.loseNextAnswer();
        Order lost = stop(desk);
        var _ = stop(desk);
        desk.waitUntilJudged(lost);
        for (int run = 0; run < 3; run++) {
            var _ = desk.advance();
            var _ = stop(desk);
        }

        assertThat(desk.orders())
                .filteredOn(order -> order.state() != OrderState.DENIED)
                .hasSize(2)
                .allMatch(order -> order.state() == OrderState.FILLED);
        assertThat(desk.position().quantity()).isZero();
        assertThat(held()).isZero();
        assertThat(venue.taken()).isEqualTo(2);
    }

    @Test
    void theDeskSellsAtTheStopWhatATargetHasNotSold() throws InterruptedException {
        DeskOnVenue desk = holding(10);
        var _ = desk.sell(ExitRule.TAKE_PROFIT, units(10), venue.resting(Side.SELL));
        Order target = desk.orders().stream()
                .filter(order -> order.rule() == ExitRule.TAKE_PROFIT)
                .findFirst()
                .orElseThrow();
        venue.fill(Objects.requireNonNull(target.brokerId()), units(3));

        var _ = desk.sell(ExitRule.STOP, units(10), venue.crossing(Side.SELL));
        settle();
        var _ = desk.advance();

        assertThat(desk.position().quantity()).isZero();
        assertThat(desk.position().reserved()).isZero();
        assertThat(desk.orders()).allMatch(order -> order.state().isTerminal());
        assertThat(held()).isZero();
        assertThat(desk.orders().stream()
                        .filter(order -> order.side() == Side.SELL)
                        .map(Order::filled)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(units(10));
    }

    @Test
    void theDeskGivesBackWhatARejectedEntryHeld() throws InterruptedException {
        DeskOnVenue desk = desk();
        venue.rejectNext();
        var _ = desk.buy(units(10), venue.resting(Side.BUY));
        var _ = desk.advance();

        assertThat(desk.orders()).allMatch(order -> order.state() == OrderState.REJECTED);
        assertThat(desk.cash().reserved()).isZero();
        assertThat(venue.taken()).isZero();
    }

    /** What nobody judged uses up no try of the stop's. */
    @ParameterizedTest
    @EnumSource
    void theDeskSellsAtTheStopHoweverOftenItWasTurnedAwayBefore(Gate why) throws InterruptedException {
        DeskOnVenue desk = holding(10);
        int times = 0;
        while (times < 5 && venue.turnAwayNext(why)) {
            connect();
            var _ = desk.sell(ExitRule.STOP, units(10), venue.crossing(Side.SELL));
            times++;
            assertThat(sales(desk)).hasSize(times).allMatch(order -> order.state() == OrderState.REJECTED);
        }
        connect();
        var _ = desk.sell(ExitRule.STOP, units(10), venue.crossing(Side.SELL));
        settle();
        var _ = desk.advance();

        assertThat(desk.position().quantity()).isZero();
        assertThat(desk.position().reserved()).isZero();
        assertThat(held()).isZero();
        assertThat(venue.taken()).isEqualTo(2);
    }

    @Test
    void theDeskBooksPartsAsTheyComeAndAgreesWithTheBrokersMoney() throws InterruptedException {
        DeskOnVenue desk = desk();
        var _ = desk.buy(units(10), venue.resting(Side.BUY));
        String id = Objects.requireNonNull(desk.bought().brokerId());

        venue.fill(id, units(3));
        settle();
        var _ = desk.advance();
        assertThat(desk.bought().state()).isEqualTo(OrderState.PARTIALLY_FILLED);
        assertThat(desk.position().quantity()).isEqualByComparingTo(units(3));
        venue.fill(id, units(7));
        settle();
        var _ = desk.advance();
        var _ = desk.advance();

        assertThat(desk.bought().state()).isEqualTo(OrderState.FILLED);
        assertThat(desk.position().quantity()).isEqualByComparingTo(units(10));
        assertThat(desk.cash().reserved()).isZero();
        if (broker.traits().keepsAccounts()) {
            assertThat(desk.cash().balance()).isEqualByComparingTo(funds().balance());
        }
    }

    @Test
    void theDeskCancelsAWorkingEntryWhenTradingIsHalted() throws InterruptedException {
        DeskOnVenue desk = desk();
        var _ = desk.buy(units(10), venue.resting(Side.BUY));
        String id = Objects.requireNonNull(desk.bought().brokerId());
        desk.halt();

        var _ = desk.advance();
        settle();
        var _ = desk.advance();

        assertThat(desk.bought().state()).isEqualTo(OrderState.CANCELLED);
        assertThat(desk.cash().reserved()).isZero();
        assertThat(row(id).state()).isEqualTo(BrokerOrder.State.CANCELLED);
    }

    /** D10, S1: what a person bought is found once, counts, and is left alone. */
    @Test
    void theDeskFindsWhatAPersonBoughtOnceAndEntersNothingBesideIt() throws InterruptedException {
        if (!venue.hasPeople() || !broker.traits().keepsAccounts()) {
            return;
        }
        DeskOnVenue desk = desk();
        String theirs = venue.byHand(Side.BUY, units(10), venue.resting(Side.BUY));
        venue.fill(theirs, units(10));
        settle();
        var _ = desk.advance();
        Position found = desk.position();
        assertThat(found.quantity()).isZero();
        assertThat(found.external()).isEqualByComparingTo(units(10));

        settle();
        var _ = desk.advance();
        var _ = desk.buy(units(10), venue.crossing(Side.BUY));

        assertThat(desk.position()).isEqualTo(found);
        assertThat(desk.orders()).allMatch(order -> order.state() == OrderState.DENIED);
        assertThat(venue.posts()).isZero();
        assertThat(desk.cash().balance()).isEqualByComparingTo(funds().balance());
    }

    private DeskOnVenue holding(int count) throws InterruptedException {
        DeskOnVenue desk = desk();
        var _ = desk.buy(units(count), venue.crossing(Side.BUY));
        desk.waitUntilJudged(desk.bought());
        var _ = desk.advance();
        return desk;
    }

    /** The newest order after another run has tried to sell all at the stop. */
    private Order stop(DeskOnVenue desk) throws InterruptedException {
        try {
            var _ = desk.sell(ExitRule.STOP, units(10), venue.crossing(Side.SELL));
        } catch (StoreUnavailableException _) {
            // The wire of a broker that lives in a store: it ends the run.
        }
        return sales(desk).getLast();
    }

    private static List<Order> sales(DeskOnVenue desk) {
        return desk.orders().stream()
                .filter(order -> order.side() == Side.SELL)
                .sorted(Comparator.comparing(order -> order.intent().n()))
                .toList();
    }

    private DeskOnVenue desk() {
        BigDecimal capital = broker.traits().keepsAccounts()
                ? funds().balance()
                : venue.crossing(Side.BUY).multiply(units(1_000));
        return new DeskOnVenue(venue, capital);
    }

    // What the tests above are written in.

    Order buy(int count, BigDecimal limit) {
        return order(Side.BUY, OrderType.LIMIT, units(count), limit);
    }

    Order sell(int count, BigDecimal limit) {
        return order(Side.SELL, OrderType.LIMIT, units(count), limit);
    }

    BigDecimal units(int count) {
        return venue.unit().multiply(BigDecimal.valueOf(count));
    }

    /** What the broker's own books show of a purchase; nothing where the journal is the only book. */
    private BigDecimal booked(int count) {
        return broker.traits().keepsAccounts() ? units(count) : BigDecimal.ZERO;
    }

    private Order order(Side side, OrderType type, BigDecimal quantity, BigDecimal price) {
        Purpose purpose = side == Side.BUY ? Purpose.ENTRY : Purpose.EXIT;
        Intent intent = new Intent(
                venue.account(),
                venue.session(),
                "momentum",
                venue.instrument(),
                side,
                purpose,
                "cause " + decisions++,
                0);
        Instant now = venue.time().now();
        return new Order(
                intent.id(),
                intent,
                type,
                TimeInForce.DAY,
                price,
                quantity,
                BigDecimal.ONE,
                BigDecimal.ZERO,
                venue.validity(),
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
                now.plus(SENDING_TIME),
                now,
                1,
                1,
                Set.of());
    }

    /** The wire of a broker that lives in a store is the store: what that does not answer, nobody knows. */
    private Broker.Placement placed(Order order) {
        try {
            return broker.place(order);
        } catch (StoreUnavailableException e) {
            return new Broker.Placement.Unknown("the store does not answer: " + e.getMessage(), Optional.empty());
        }
    }

    private Broker.Cancellation cancelled(Order order) {
        try {
            return broker.cancel(order);
        } catch (StoreUnavailableException e) {
            return new Broker.Cancellation.Unknown("the store does not answer: " + e.getMessage());
        }
    }

    String accepted(Order order) {
        return accepted(placed(order));
    }

    static String accepted(Broker.Placement placement) {
        if (placement instanceof Broker.Placement.Accepted(String brokerId)) {
            return brokerId;
        }
        return fail("not accepted: %s", placement);
    }

    static Order sent(Order order, String brokerId) {
        return new Order(
                order.id(),
                order.intent(),
                order.type(),
                order.timeInForce(),
                order.price(),
                order.quantity(),
                order.conversion(),
                order.reserved(),
                order.validity(),
                order.terms(),
                order.rule(),
                order.reason(),
                OrderState.ACCEPTED,
                order.filled(),
                order.filledValue(),
                brokerId,
                order.denial(),
                order.note(),
                order.intendedAt(),
                order.sendBy(),
                order.changedAt(),
                order.version(),
                order.stories(),
                Set.of());
    }

    private void onlyOne(Order order, BrokerOrder.State state) {
        settle();
        assertThat(venue.posts()).isEqualTo(1);
        assertThat(venue.taken()).isEqualTo(1);
        BrokerOrder row = rows().getFirst();
        assertThat(row.state()).isEqualTo(state);
        assertThat(row.side()).isEqualTo(order.side());
        assertThat(row.quantity()).isEqualByComparingTo(order.quantity());
        if (broker.traits().carriesReference()) {
            assertThat(row.reference()).contains(order.id());
        }
    }

    /** Afterwards there is a token, and a refused one can be replaced: some venues give out one a minute. */
    private void connect() {
        List<BrokerOrder> _ = rows();
        venue.time().advanceTo(venue.time().now().plusSeconds(61));
    }

    /** Lets the broker's reads catch up with what it took. */
    private void settle() {
        venue.time().advanceTo(venue.time().now().plus(broker.traits().lag()));
    }

    private Broker.Read<?> read(Reading reading) {
        return switch (reading) {
            case ORDERS -> broker.orders(venue.account(), venue.session());
            case EXECUTIONS -> broker.executions(venue.account(), venue.session());
            case HOLDINGS -> broker.holdings(venue.account());
            case FUNDS -> broker.funds(venue.account());
        };
    }

    private static <T> List<T> complete(Broker.Read<T> read) {
        return switch (read) {
            case Broker.Read.Complete<T>(List<T> rows) -> rows;
            case Broker.Read.Failed<T>(String cause) -> fail("read failed: %s", cause);
        };
    }

    private List<BrokerOrder> rows() {
        settle();
        return complete(broker.orders(venue.account(), venue.session()));
    }

    BrokerOrder row(String brokerId) {
        return rows().stream()
                .filter(row -> row.brokerId().equals(brokerId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the broker does not show " + brokerId));
    }

    private List<Execution> executions() {
        settle();
        // The market is looked at when orders are asked for, as the desk does.
        List<BrokerOrder> _ = rows();
        return complete(broker.executions(venue.account(), venue.session()));
    }

    private List<Holding> holdings() {
        settle();
        return complete(broker.holdings(venue.account()));
    }

    private Funds funds() {
        if (!broker.traits().keepsAccounts()) {
            return new Funds(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
        }
        settle();
        List<Funds> rows = complete(broker.funds(venue.account()));
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    /** Of the suite's instrument, at the broker. */
    private BigDecimal held() {
        if (!broker.traits().keepsAccounts()) {
            return BigDecimal.ZERO;
        }
        return holdings().stream()
                .filter(holding -> holding.instrument().equals(venue.instrument()))
                .map(Holding::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Executions are told apart by their id, totals by their order. */
    private List<Execution> distinct(String brokerId) {
        Map<String, Execution> distinct = new TreeMap<>();
        for (Execution execution : executions()) {
            if (execution.brokerId().equals(brokerId)) {
                switch (execution) {
                    case Execution.Trade trade -> distinct.put(trade.id(), trade);
                    case Execution.Total total -> distinct.put(total.brokerId(), total);
                }
            }
        }
        return List.copyOf(distinct.values());
    }

    BigDecimal traded(String brokerId) {
        return distinct(brokerId).stream()
                .map(execution -> switch (execution) {
                    case Execution.Trade trade -> trade.quantity();
                    case Execution.Total total -> total.quantity();
                })
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal amount(String brokerId) {
        return distinct(brokerId).stream()
                .map(execution -> switch (execution) {
                    case Execution.Trade trade -> trade.price().multiply(trade.quantity());
                    case Execution.Total total -> total.amount();
                })
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Commission and tax of everything. */
    private BigDecimal charges() {
        return executions().stream()
                .map(execution -> switch (execution) {
                    case Execution.Trade trade -> trade.commission().add(trade.tax());
                    case Execution.Total total -> total.commission().add(total.tax());
                })
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
