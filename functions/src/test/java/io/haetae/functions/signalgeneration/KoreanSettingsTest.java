package io.haetae.functions.signalgeneration;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.functions.KoreanDesk;
import io.haetae.job.JobName;
import io.haetae.market.PriceSource;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G2: a limit that is set is a limit that holds, in the job itself. */
class KoreanSettingsTest {

    /** Three shares that would each get 10 % of 100,000,000 won: 100 shares at a close of 100,000. */
    private static List<Order> entered(String name, String value) throws Exception {
        KoreanDesk desk = new KoreanDesk().set(name, value).at("08:45");
        for (String symbol : List.of("000010", "000020", "000030")) {
            desk.scored(symbol, 100_000, 90);
        }
        desk.published(PriceSource.OFFICIAL).run(JobName.SIGNAL_GENERATION);
        return desk.orders().stream()
                .filter(order -> order.state() == OrderState.ACCEPTED)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "ORCHESTRATOR_MAX_POSITIONS, 20, 3",
        "ORCHESTRATOR_MAX_POSITIONS, 2, 2",
        "ORCHESTRATOR_MAX_ORDERS_PER_DAY, 20, 3",
        "ORCHESTRATOR_MAX_ORDERS_PER_DAY, 1, 1",
        "ORCHESTRATOR_MAX_ENTRY_NOTIONAL_PCT_PER_DAY, 100, 3",
        "ORCHESTRATOR_MAX_ENTRY_NOTIONAL_PCT_PER_DAY, 25, 2"
    })
    void theLimitDecidesHowManyAreEntered(String name, String value, int orders) throws Exception {
        assertThat(entered(name, value)).hasSize(orders);
    }

    @ParameterizedTest
    @CsvSource({
        "ORCHESTRATOR_MAX_POSITION_SIZE_PCT, 10, 100",
        "ORCHESTRATOR_MAX_POSITION_SIZE_PCT, 4, 40",
        "ORCHESTRATOR_PORTFOLIO_VALUE, 100000000, 100",
        "ORCHESTRATOR_PORTFOLIO_VALUE, 50000000, 50"
    })
    void theSizeFollowsTheSetting(String name, String value, String quantity) throws Exception {
        assertThat(entered(name, value)).hasSize(3).allSatisfy(order -> assertThat(order.quantity())
                .isEqualByComparingTo(new BigDecimal(quantity)));
    }
}
