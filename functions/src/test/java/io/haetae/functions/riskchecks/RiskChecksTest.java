package io.haetae.functions.riskchecks;

import static io.haetae.functions.KoreanDesk.ACCOUNT;
import static io.haetae.functions.KoreanDesk.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.functions.KoreanDesk;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.market.PriceSource;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.risk.TradingState;
import io.haetae.store.RiskMetricsMapper;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class RiskChecksTest {

    private final KoreanDesk desk = new KoreanDesk().at("08:45");

    @Test
    void anEmptyBookIsOpenedAndMeasuredAtAnyHour() throws Exception {
        JobResult.Done done = check("03:00");

        assertThat(done.reason()).startsWith("OK, trading ACTIVE: total 100,000,000");
        assertThat(new RiskMetricsMapper(desk.store).day(ACCOUNT, SESSION)).hasSize(1);
    }

    @Test
    void aBrokerThatRestsAfterHoursLeavesTheStoredClose() throws Exception {
        held();
        desk.quotes.down(true);

        JobResult.Done done = check("20:00");

        assertThat(done.lines()).containsExactly("005930 valued at the close of 2026-01-05: no quote");

        // 140 shares at 71,000; the commission of the purchase is gone from the cash
        assertThat(new RiskMetricsMapper(desk.store)
                        .newest(ACCOUNT)
                        .orElseThrow()
                        .invested())
                .isEqualByComparingTo("9940000");
    }

    @Test
    void betweenTheCloseAndTheEveningsDataHoldingsAreMarkedToTheBrokersLastPrice() throws Exception {
        held();
        desk.quotes.set("005930", "75000");

        check("15:45");

        assertThat(new RiskMetricsMapper(desk.store)
                        .newest(ACCOUNT)
                        .orElseThrow()
                        .invested())
                .isEqualByComparingTo("10500000");
    }

    /** K-cal: where the calendar has run out nobody is entered, and what is held is still measured. */
    @Test
    void beyondTheCalendarsEndHoldingsAreStillMarked() throws Exception {
        held();
        desk.quotes.set("005930", "75000");

        desk.at(LocalDate.of(2027, 1, 4), "10:00").run(JobName.RISK_CHECKS);
        desk.quotes.down(true);
        desk.at(LocalDate.of(2027, 1, 5), "10:00").run(JobName.RISK_CHECKS);

        assertThat(new RiskMetricsMapper(desk.store)
                        .day(ACCOUNT, LocalDate.of(2027, 1, 4))
                        .getLast()
                        .invested())
                .isEqualByComparingTo("10500000");
        assertThat(new RiskMetricsMapper(desk.store).day(ACCOUNT, LocalDate.of(2027, 1, 5)))
                .hasSize(1);
    }

    @Test
    void onceTheEveningsDataAreStoredTheirCloseCounts() throws Exception {
        held();
        desk.scored("005930", 74_500, 90).published(SESSION, PriceSource.PROVISIONAL);
        desk.quotes.set("005930", "75000");

        check("16:30");

        assertThat(new RiskMetricsMapper(desk.store)
                        .newest(ACCOUNT)
                        .orElseThrow()
                        .invested())
                .isEqualByComparingTo("10430000");
    }

    @Test
    void withoutQuotesInTheSessionTheRowIsKeptWithOlderPricesAndTheRunFails() throws Exception {
        held();
        desk.quotes.down(true);

        assertThatThrownBy(() -> check("09:30")).isInstanceOf(QuotesUnavailableException.class);
        assertThat(new RiskMetricsMapper(desk.store)
                        .newest(ACCOUNT)
                        .orElseThrow()
                        .at())
                .isEqualTo(desk.now());
    }

    @Test
    void aHaltCancelsWorkingEntriesInTheSameRun() throws Exception {
        desk.scored("005930", 71_000, 90).scored("000660", 71_000, 89).published(PriceSource.OFFICIAL);
        desk.run(JobName.SIGNAL_GENERATION);
        desk.states().raise(ACCOUNT, TradingState.HALTED, "a person", "a hunch", desk.now());

        check("08:55");

        assertThat(desk.orders()).hasSize(2).extracting(Order::state).containsOnly(OrderState.CANCELLED);
    }

    /** S11: nothing is held any more, and the halt and the loss stand. */
    @Test
    void haltSurvivesAnEmptyPortfolioAndEveryFurtherCheck() throws Exception {
        for (int i = 0; i < 4; i++) {
            desk.scored("00066" + i, 71_000, 89);
            desk.quotes.set("00066" + i, "70000");
        }
        held();
        for (int i = 0; i < 4; i++) {
            desk.quotes.set("00066" + i, "28000");
        }
        desk.quotes.set("005930", "28000");
        assertThat(check("09:30").statistics()).containsEntry("halted", 1L);
        desk.at("09:45").run(JobName.POSITION_MONITORING);
        assertThat(desk.held()).isEmpty();

        JobResult.Done after = check("10:00");

        assertThat(after.reason()).startsWith("HALTED, trading HALTED").contains("0 positions");
        assertThat(after.statistics()).containsEntry("halted", 0L);
        assertThat(new RiskMetricsMapper(desk.store)
                        .newest(ACCOUNT)
                        .orElseThrow()
                        .lossFromInitialPct()
                        .intValue())
                .isEqualTo(29);
    }

    private void held() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);
        desk.run(JobName.SIGNAL_GENERATION);
        desk.quotes.set("005930", "70000");
        desk.at("09:00").run(JobName.POSITION_MONITORING);
        assertThat(desk.held()).isNotEmpty();
    }

    private JobResult.Done check(String wallTime) throws Exception {
        return (JobResult.Done) desk.at(wallTime).run(JobName.RISK_CHECKS);
    }
}
