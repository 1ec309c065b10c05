package io.haetae.order;

import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.BETA;
import static io.haetae.order.TradingWorld.entry;
import static io.haetae.order.TradingWorld.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.InstrumentId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose the rows of a broker are that carries no reference of ours. */
class OwnershipTest {

    private final TradingWorld world = new TradingWorld();
    private final FakeBroker broker = new FakeBroker();
    private final Order lost;
    private final Instant judgement;

    OwnershipTest() throws InterruptedException {
        broker.carriesReference = false;
        broker.loseCalls = true;
        var _ = world.desk(broker).enter(entry(ALPHA, 10_000, 100), world.run());
        lost = world.only();
        judgement = Lost.judgement(lost, broker.traits());
        assertThat(lost.state()).isEqualTo(OrderState.UNKNOWN);
    }

    @Test
    void theOneRowThatFitsIsTheLostOrdersOnceItIsNoLongerOnItsWay() {
        BrokerOrder row = row("0001");

        Ownership before = at(judgement.minusMillis(1), List.of(lost), row);
        assertThat(before.owners()).isEmpty();
        assertThat(before.foreign()).isEmpty();
        assertThat(before.ambiguous(lost, broker.traits(), judgement.minusMillis(1)))
                .isEmpty();
        Ownership after = at(judgement, List.of(lost), row);
        assertThat(after.owners()).containsExactly(Map.entry("0001", lost));
        assertThat(after.rows()).containsEntry(lost.id(), row);
        assertThat(after.foreign()).isEmpty();
    }

    @Test
    void ofTwoRowsThatFitNeitherIsTheOrders() {
        Ownership found = at(judgement, List.of(lost), row("0001"), row("0002"));

        assertThat(found.owners()).isEmpty();
        assertThat(found.foreign()).isEmpty();
        assertThat(found.ambiguous(lost, broker.traits(), judgement).orElseThrow())
                .extracting(BrokerOrder::brokerId)
                .containsExactly("0001", "0002");
    }

    @Test
    void aRowThatFitsTwoLostOrdersIsNeithers() {
        Order other = again(lost);

        Ownership found = at(judgement, List.of(lost, other), row("0001"));

        assertThat(found.owners()).isEmpty();
        assertThat(found.doubtful()).containsOnlyKeys(lost.id(), other.id());
    }

    @Test
    void whatDiffersInAnythingIsSomeoneElses() {
        Instant sendBy = Objects.requireNonNull(lost.sendBy());
        Duration late = FakeBroker.CALL_TIMEOUT.plusSeconds(3);
        List<BrokerOrder> rows = List.of(
                row("symbol", BETA, Side.BUY, 100, Optional.of(won(10_000)), sendBy),
                row("side", ALPHA, Side.SELL, 100, Optional.of(won(10_000)), sendBy),
                row("quantity", ALPHA, Side.BUY, 99, Optional.of(won(10_000)), sendBy),
                row("price", ALPHA, Side.BUY, 100, Optional.of(won(10_010)), sendBy),
                row("market", ALPHA, Side.BUY, 100, Optional.empty(), sendBy),
                row(
                        "earlier",
                        ALPHA,
                        Side.BUY,
                        100,
                        Optional.of(won(10_000)),
                        lost.intendedAt().minusSeconds(3)),
                row("later", ALPHA, Side.BUY, 100, Optional.of(won(10_000)), sendBy.plus(late)));

        Ownership found = at(judgement, List.of(lost), rows.toArray(BrokerOrder[]::new));

        assertThat(found.owners()).isEmpty();
        assertThat(found.doubtful()).isEmpty();
        assertThat(found.foreign()).containsExactlyElementsOf(rows);
    }

    @Test
    void theTimeOfTheSendingFitsToItsEndsAndTwoSecondsMore() {
        Instant sendBy = Objects.requireNonNull(lost.sendBy());
        for (Instant fits : List.of(
                lost.intendedAt().minusSeconds(2),
                sendBy.plus(FakeBroker.CALL_TIMEOUT).plusSeconds(2))) {
            BrokerOrder row = row("0001", ALPHA, Side.BUY, 100, Optional.of(won(10_000)), fits);
            assertThat(at(judgement, List.of(lost), row).owners()).containsOnlyKeys("0001");
        }
    }

    /** Nothing of it was on its way before it was intended, nor before its sender began. */
    @Test
    void whatCameBeforeTheOrderOrItsSendingIsSomeoneElses() {
        Instant intended = lost.intendedAt();
        Order shortly = new Edit(lost).sendBy(intended.plusSeconds(5)).done();
        Order longAfter = new Edit(lost).sendBy(intended.plusSeconds(600)).done();

        for (var early : Map.of(shortly, intended.minusSeconds(3), longAfter, intended.plusSeconds(577))
                .entrySet()) {
            BrokerOrder row = row("0001", ALPHA, Side.BUY, 100, Optional.of(won(10_000)), early.getValue());
            Instant asked = Lost.judgement(early.getKey(), broker.traits());
            assertThat(at(asked, List.of(early.getKey()), row).foreign()).containsExactly(row);
        }
    }

    /** S4. */
    @Test
    void aRowThatHasItsOwnerIsNotGivenToAnother() {
        Order owner = named(again(lost), "0001");

        Ownership found = at(judgement, List.of(lost, owner), row("0001"));

        assertThat(found.owners()).containsExactly(Map.entry("0001", owner));
        assertThat(found.rows()).containsOnlyKeys(owner.id());
        assertThat(found.doubtful()).isEmpty();
    }

    @Test
    void anOrderThatHasItsRowIsNotGivenAnother() {
        Order owner = named(lost, "0001");

        Ownership found = at(judgement, List.of(owner), row("0001"), row("0002"));

        assertThat(found.owners()).containsOnlyKeys("0001");
        assertThat(found.foreign()).extracting(BrokerOrder::brokerId).containsExactly("0002");
    }

    @Test
    void aReferenceTellsAtOnceAndTwoRowsOfOneReferenceTellNothing() {
        broker.carriesReference = true;
        Instant early = judgement.minusSeconds(20);
        assertThat(at(early, List.of(lost), row("0001")).owners()).containsOnlyKeys("0001");

        Ownership twice = at(early, List.of(lost), row("0001"), row("0002"));
        assertThat(twice.owners()).isEmpty();
        assertThat(twice.foreign()).isEmpty();
        assertThat(twice.doubtful()).containsOnlyKeys(lost.id());
    }

    @Test
    void anOrderThatWasNeverSentOwnsNothing() {
        Order unsent = new Edit(lost).state(OrderState.INTENDED).done();
        assertThat(at(judgement, List.of(unsent), row("0001")).foreign()).hasSize(1);
        broker.carriesReference = true;
        assertThat(at(judgement, List.of(unsent), row("0001")).foreign()).hasSize(1);
    }

    private Ownership at(Instant asked, List<Order> ours, BrokerOrder... rows) {
        return Ownership.of(ours, List.of(rows), broker.traits(), asked);
    }

    private BrokerOrder row(String name) {
        return broker.row(name, lost, BrokerOrder.State.WORKING, BigDecimal.ZERO, lost.intendedAt());
    }

    private static BrokerOrder row(
            String name, InstrumentId instrument, Side side, long quantity, Optional<BigDecimal> limit, Instant at) {
        return new BrokerOrder(
                name,
                Optional.empty(),
                instrument,
                side,
                won(quantity),
                limit,
                at,
                BrokerOrder.State.WORKING,
                BigDecimal.ZERO,
                "");
    }

    private static Order named(Order order, String name) {
        return new Edit(order).brokerId(name).done();
    }

    /** The same order under the id of the next try. */
    static Order again(Order order) {
        Intent next = order.intent().next();
        return new Order(
                next.id(),
                next,
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
                order.state(),
                order.filled(),
                order.filledValue(),
                order.brokerId(),
                order.denial(),
                order.note(),
                order.intendedAt(),
                order.sendBy(),
                order.changedAt(),
                order.version(),
                order.stories(),
                Set.of());
    }
}
