package io.haetae.order;

import static io.haetae.order.TradingWorld.ACCOUNT;
import static io.haetae.order.TradingWorld.OPEN;
import static io.haetae.order.TradingWorld.entry;
import static io.haetae.order.TradingWorld.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.portfolio.Cash;
import io.haetae.store.AdoptionMapper;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeployableCashTest {

    private static final DayLimits LIMITS = new DayLimits(1_000, won(1_000_000_000), 1_000, won(1_000_000_000));
    private static final Broker.Traits TRAITS =
            new Broker.Traits(Duration.ofSeconds(10), Duration.ofSeconds(5), false, true, true, List.of());

    /** S18. */
    @Test
    void purchasesNeverComeToMoreThanTheCashThatIsThere() throws InterruptedException {
        int refused = 0;
        for (long seed = 1; seed <= 20; seed++) {
            refused += randomBook(seed);
        }
        assertThat(refused).as("the cash was never short, so nothing was tried").isPositive();
    }

    private static int randomBook(long seed) throws InterruptedException {
        Random random = new Random(seed);
        TradingWorld world = new TradingWorld();
        FakeBroker broker = new FakeBroker();
        OrderDesk desk = world.desk(broker);
        AccountComparison comparison =
                new AccountComparison(world.orders, world.portfolios, new AdoptionMapper(world.store), world.time);
        int refused = 0;
        for (int step = 0; step < 25; step++) {
            String where = "seed " + seed + " step " + step;
            InstrumentId id = new InstrumentId(Venue.KIS, String.format("%06d", random.nextInt(100)));
            DeskResult result =
                    desk.enter(entry(id, random.nextInt(1, 50) * 1_000L, random.nextInt(1, 200), LIMITS), world.run());
            switch (result) {
                case DeskResult.Carried _ ->
                    assertThat(world.cash().free()).as(where).isNotNegative();
                case DeskResult.Denied(Denial denial) when denial.code() == DenialCode.CASH -> refused++;
                case DeskResult.Denied _, DeskResult.Standing _ -> {
                    // Held already.
                }
            }
            assertThat(world.cash().reserved()).as(where).isEqualByComparingTo(reserved(world));
            if (random.nextInt(5) == 0) {
                // A person takes money out, or pays some in; it is noticed once nothing is under way.
                finish(world, broker, desk, random);
                BigDecimal moved = won(random.nextInt(-2_000_000, 1_000_000));
                Cash cash = world.cash();
                var _ = comparison.compare(
                        ACCOUNT,
                        TradingWorld.SESSION,
                        List.of(),
                        world.portfolios.positions(ACCOUNT).stream()
                                .map(held -> new Holding(
                                        held.instrument(), held.quantity(), held.quantity(), Optional.empty()))
                                .toList(),
                        new Funds(cash.balance().add(moved), cash.balance(), cash.balance()),
                        TRAITS,
                        world.run());
                assertThat(world.cash().balance())
                        .as(where)
                        .isEqualByComparingTo(cash.balance().add(moved));
            }
        }
        return refused;
    }

    private static void finish(TradingWorld world, FakeBroker broker, OrderDesk desk, Random random)
            throws InterruptedException {
        for (Order order : world.orders.open(ACCOUNT)) {
            if (random.nextBoolean()) {
                var _ = broker.trade(
                        order, order.quantity().longValue(), order.price().longValue());
            }
        }
        var _ = desk.advance(ACCOUNT, world.run());
        for (Order order : world.orders.open(ACCOUNT)) {
            var _ = desk.cancel(order, "enough", world.run());
        }
        world.time.advanceTo(world.time.now().plusSeconds(20));
        assertThat(world.time.now()).isBefore(OPEN);
    }

    private static BigDecimal reserved(TradingWorld world) {
        return world.orders.open(ACCOUNT).stream().map(Order::reserved).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
