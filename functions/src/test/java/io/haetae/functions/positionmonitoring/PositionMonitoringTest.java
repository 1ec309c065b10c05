package io.haetae.functions.positionmonitoring;

import static io.haetae.functions.KoreanDesk.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.functions.KoreanDesk;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.market.PriceSource;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.order.ExitRule;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.order.Side;
import io.haetae.risk.TradingState;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionMonitoringTest {

    private final KoreanDesk desk = new KoreanDesk().at("08:45");

    @Test
    void anEntryFillsInTheOpeningAuctionAndBecomesAPosition() throws Exception {
        JobResult.Done done = entered("70000");

        assertThat(done.statistics()).containsEntry("fills", 1L).containsEntry("positions", 1L);
        assertThat(desk.held()).singleElement().satisfies(position -> {
            assertThat(position.quantity()).isEqualByComparingTo("140");
            assertThat(position.averageCost()).isEqualByComparingTo("70000");
        });
    }

    @Test
    void aPriceAtTheStopSellsAndFillsInTheSamePass() throws Exception {
        entered("70000");
        desk.quotes.set("005930", "63000");

        JobResult.Done done = pass("09:15");

        assertThat(done.statistics()).containsEntry("exits", 1L).containsEntry("fills", 1L);
        assertThat(desk.held()).isEmpty();
        assertThat(exits()).extracting(Order::rule).containsExactly(ExitRule.STOP);
    }

    @Test
    void theTrailIsRaisedByOnePassAndSellsInALaterOne() throws Exception {
        entered("70000");
        desk.quotes.set("005930", "80000");
        assertThat(pass("09:15").statistics()).containsEntry("exits", 0L);
        desk.quotes.set("005930", "72000");

        assertThat(pass("09:30").statistics()).containsEntry("exits", 1L);
        assertThat(exits()).extracting(Order::rule).containsExactly(ExitRule.TRAILING);
    }

    @Test
    void aProfitIsTakenAtTheTargetOrBetter() throws Exception {
        entered("70000");
        desk.quotes.set("005930", "84500");

        pass("09:15");

        assertThat(exits()).singleElement().satisfies(order -> {
            assertThat(order.rule()).isEqualTo(ExitRule.TAKE_PROFIT);
            assertThat(order.price()).isEqualByComparingTo("84000");
            assertThat(order.state()).isEqualTo(OrderState.FILLED);
        });
        assertThat(desk.fills())
                .filteredOn(fill -> fill.side() == Side.SELL)
                .singleElement()
                .satisfies(fill -> assertThat(fill.price()).isEqualByComparingTo("84500"));
    }

    /** K6. */
    @Test
    void haltedAccountStillSellsAtItsStop() throws Exception {
        entered("70000");
        desk.states().raise(ACCOUNT, TradingState.HALTED, "a person", "holiday", desk.now());
        desk.quotes.set("005930", "63000");

        pass("09:15");

        assertThat(desk.held()).isEmpty();
    }

    @Test
    void aPositionWithoutAQuoteIsSkippedWithAReasonAndTheOthersAreWatched() throws Exception {
        desk.scored("000660", 71_000, 89);
        desk.quotes.set("000660", "70000");
        entered("70000");
        desk.quotes.remove("000660");
        desk.quotes.set("005930", "63000");

        JobResult.Done done = pass("09:15");

        assertThat(done.statistics()).containsEntry("skipped", 1L).containsEntry("exits", 1L);
        assertThat(done.lines()).contains("000660 skipped: no price");
    }

    @Test
    void noQuotesAtAllIsAFailure() throws Exception {
        entered("70000");
        desk.quotes.down(true);

        assertThatThrownBy(() -> pass("09:15")).isInstanceOf(QuotesUnavailableException.class);
    }

    @Test
    void aLossOfTwentyEightPercentSellsEverythingAndHalts() throws Exception {
        for (int i = 0; i < 4; i++) {
            desk.scored("00066" + i, 71_000, 89);
            desk.quotes.set("00066" + i, "70000");
        }
        entered("70000");
        assertThat(desk.held()).hasSize(5);
        for (String symbol : List.of("005930", "000660", "000661", "000662", "000663")) {
            desk.quotes.set(symbol, "28000");
        }

        JobResult.Done done = pass("09:15");

        assertThat(done.statistics()).containsEntry("halted", 1L).containsEntry("exits", 5L);
        assertThat(exits()).extracting(Order::rule).containsOnly(ExitRule.EMERGENCY);
        assertThat(desk.held()).isEmpty();
        assertThat(desk.states().get(ACCOUNT).state()).isEqualTo(TradingState.HALTED);
    }

    @Test
    void aClosedMarketSellsNothing() throws Exception {
        entered("70000");
        desk.quotes.set("005930", "1000");

        JobResult.Done done = pass("20:00");

        assertThat(exits()).isEmpty();
        assertThat(done.lines()).contains("the market is closed: nothing is sold");
    }

    @Test
    void withoutAnyPositionThereIsNothingToDo() throws Exception {
        assertThat(pass("09:15").reason()).isEqualTo("0 positions, 0 exits, 0 fills");
    }

    private JobResult.Done entered(String price) throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);
        desk.run(JobName.SIGNAL_GENERATION);
        desk.quotes.set("005930", price);
        return pass("09:00");
    }

    private JobResult.Done pass(String wallTime) throws Exception {
        return (JobResult.Done) desk.at(wallTime).run(JobName.POSITION_MONITORING);
    }

    private List<Order> exits() {
        return desk.orders().stream().filter(order -> !order.isEntry()).toList();
    }
}
