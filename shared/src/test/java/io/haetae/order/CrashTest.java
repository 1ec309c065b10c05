package io.haetae.order;

import static io.haetae.order.TradingWorld.ACCOUNT;
import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.BETA;
import static io.haetae.order.TradingWorld.CAPITAL;
import static io.haetae.order.TradingWorld.CLOSE;
import static io.haetae.order.TradingWorld.OPEN;
import static io.haetae.order.TradingWorld.SESSION;
import static io.haetae.order.TradingWorld.entry;
import static io.haetae.order.TradingWorld.exit;
import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.order.paper.PaperOrder;
import io.haetae.portfolio.Position;
import io.haetae.store.MemoryStore;
import io.haetae.store.Store;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A day with two entries and a stop, dying at every call that leaves the process, then run again. */
class CrashTest {

    /** D6, S15. */
    @Test
    void aCrashAnywhereLosesNothingAndRepeatsNoOrder() throws InterruptedException {
        MemoryStore calm = new MemoryStore();
        int calls = day(calm, 0, false);
        checkInvariants(calm, "without a crash");
        assertThat(calls).isGreaterThan(60);

        for (int at = 1; at <= calls; at++) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                MemoryStore store = new MemoryStore();
                int _ = day(store, at, afterEffect);
                checkInvariants(store, "call " + at + (afterEffect ? " after" : " before") + " its effect");
            }
        }
    }

    /** @return calls to the store until the end or the crash */
    private static int day(Store durable, int at, boolean afterEffect) throws InterruptedException {
        VirtualTime time = new VirtualTime(TradingWorld.SIGNALS);
        new TradingWorld(durable, time).open();
        CrashingStore store = new CrashingStore(durable, at, afterEffect);
        try {
            drive(new TradingWorld(store, time));
        } catch (CrashingStore.ProcessDied e) {
            drive(new TradingWorld(durable, time));
        }
        return store.calls();
    }

    /** Every job of the day from where the clock stands; the one that died runs again first. */
    private static void drive(TradingWorld world) throws InterruptedException {
        if (world.time.now().isBefore(OPEN)) {
            var _ = world.desk.advance(ACCOUNT, world.run());
            var _ = world.desk.enter(entry(ALPHA, 10_000, 100), world.run());
            var _ = world.desk.enter(entry(BETA, 20_000, 50), world.run());
        }
        monitor(world, OPEN, 10_000, 20_500);
        monitor(world, OPEN.plusSeconds(900), 8_000, 19_900);
        monitor(world, CLOSE.minusSeconds(900), 8_000, 19_900);
        monitor(world, CLOSE.plusSeconds(1_800), 8_000, 19_900);
    }

    private static void monitor(TradingWorld world, Instant at, long alpha, long beta) throws InterruptedException {
        if (world.time.now().isAfter(at.plusSeconds(600))) {
            return;
        }
        world.time.advanceTo(at);
        // A run made up for later sees the market of its own moment.
        Instant now = world.time.now();
        world.quotes.trade(ALPHA, 10_000, 10_000, alpha, alpha, 500_000, now);
        world.quotes.trade(BETA, 20_500, 20_500, beta, beta, 500_000, now);
        var _ = world.desk.advance(ACCOUNT, world.run());
        for (Position position : world.portfolios.positions(ACCOUNT)) {
            BigDecimal stop = position.stop();
            long price = position.instrument().equals(ALPHA) ? alpha : beta;
            if (position.free().signum() > 0 && stop != null && stop.compareTo(BigDecimal.valueOf(price)) >= 0) {
                var _ = world.desk.exit(exit(position, ExitRule.STOP, 100, price), world.run());
            }
        }
    }

    private static void checkInvariants(Store store, String where) {
        TradingWorld world = new TradingWorld(store, new VirtualTime(CLOSE));
        List<Order> orders = world.orders.ofSession(ACCOUNT, SESSION);
        List<PaperOrder> placed = world.book.orders(ACCOUNT, SESSION);
        Map<String, Integer> taken = new HashMap<>();
        for (PaperOrder order : placed) {
            Order ours = world.orders.order(ACCOUNT, order.id()).orElseThrow();
            assertThat(ours.filled()).as(where).isEqualByComparingTo(order.filled());
            taken.merge(ours.intent().cause() + ours.instrument(), 1, Integer::sum);
        }
        assertThat(taken.values()).as("%s: broker has %s", where, placed).allMatch(count -> count == 1);
        assertThat(orders).as(where).allMatch(order -> order.state().isTerminal());
        assertThat(world.orders.open(ACCOUNT)).as(where).isEmpty();
        assertThat(world.orders.fills(ACCOUNT, SESSION))
                .as(where)
                .containsExactlyElementsOf(world.book.fills(ACCOUNT, SESSION));
        BigDecimal cash = CAPITAL;
        Map<String, BigDecimal> held = new HashMap<>();
        for (Fill fill : world.orders.fills(ACCOUNT, SESSION)) {
            cash = cash.add(fill.cash());
            held.merge(
                    fill.instrument().toString(),
                    fill.side() == Side.BUY ? fill.quantity() : fill.quantity().negate(),
                    BigDecimal::add);
        }
        assertThat(world.cash().balance()).as(where).isEqualByComparingTo(cash);
        assertThat(world.cash().reserved()).as(where).isZero();
        for (Position position : world.portfolios.positions(ACCOUNT)) {
            assertThat(position.quantity())
                    .as(where)
                    .isNotNegative()
                    .isEqualByComparingTo(
                            held.getOrDefault(position.instrument().toString(), BigDecimal.ZERO));
            assertThat(position.reserved()).as(where).isZero();
        }
        // Nothing is lost either: both entries filled, and the stop sold the one that fell.
        assertThat(world.position(ALPHA).quantity()).as(where).isZero();
        assertThat(world.position(BETA).quantity()).as(where).isEqualByComparingTo("50");
    }
}
