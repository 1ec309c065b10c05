package io.haetae.order;

import static io.haetae.order.TradingWorld.ACCOUNT;
import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.entry;
import static io.haetae.order.TradingWorld.exit;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderTest {

    @Test
    void anOrderIsToldInALine() throws InterruptedException {
        TradingWorld world = new TradingWorld();
        var _ = world.desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order order = world.only();
        assertThat(new Edit(order).note("accepted").done().told()).isEqualTo("buys 100, ACCEPTED, accepted");
        assertThat(new Edit(order).note("").done().told()).isEqualTo("buys 100, ACCEPTED");

        TradingWorld holding = new TradingWorld();
        var position = holding.bought(ALPHA, 10_000, 100);
        DeskResult sold = holding.desk.exit(exit(position, ExitRule.TAKE_PROFIT, 60, 12_000), holding.run());
        Order sale = holding.orders
                .order(ACCOUNT, ((DeskResult.Carried) sold).order().id())
                .orElseThrow();
        assertThat(new Edit(sale).note("").done().told()).isEqualTo("sells 60, " + sale.state());
    }

    @Test
    void noExitIsMoreUrgentThanItself() {
        for (ExitRule rule : ExitRule.values()) {
            assertThat(rule.moreUrgentThan(rule)).as("%s", rule).isFalse();
            assertThat(rule.moreUrgentThan(ExitRule.FUNDAMENTALS))
                    .as("%s", rule)
                    .isEqualTo(rule != ExitRule.FUNDAMENTALS);
        }
    }
}
