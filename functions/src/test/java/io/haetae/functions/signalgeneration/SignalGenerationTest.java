package io.haetae.functions.signalgeneration;

import static io.haetae.functions.KoreanDesk.ACCOUNT;
import static io.haetae.functions.KoreanDesk.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.calendar.CalendarReading;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.functions.KoreanDesk;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.market.TradingStatus;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.risk.TradingState;
import io.haetae.score.ScoreSheet;
import io.haetae.store.Action;
import io.haetae.store.CalendarCheckMapper;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.ScoreMapper;
import io.haetae.store.SignalsMapper;
import io.haetae.store.TradingStatusMapper;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SignalGenerationTest {

    private final KoreanDesk desk = new KoreanDesk().at("08:45");

    @Test
    void theBestSignalIsBidForAPercentUnderTheCloseAtHalfOfKelly() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);

        JobResult.Done done = (JobResult.Done) desk.run(JobName.SIGNAL_GENERATION);

        assertThat(done.lines()).anyMatch(line -> line.startsWith("005930") && line.contains("ACCEPTED"));
        assertThat(desk.orders()).singleElement().satisfies(order -> {
            assertThat(order.price()).isEqualByComparingTo("70200");
            // a conviction of 92 would be 11.5 %: capped at 10 % of 100,000,000 at the close
            assertThat(order.quantity()).isEqualByComparingTo("140");
            assertThat(order.state()).isEqualTo(OrderState.ACCEPTED);
        });
        assertThat(new SignalsMapper(desk.store)
                        .sheet(ACCOUNT, SESSION)
                        .orElseThrow()
                        .signals())
                .hasSize(1);
    }

    @Test
    void atMostFiveAreEnteredTheMostConvincingFirst() throws Exception {
        for (int i = 0; i < 8; i++) {
            desk.scored(String.format(Locale.ROOT, "00000%d", i), 10_000, 80 + i);
        }
        desk.published(PriceSource.OFFICIAL);

        JobResult.Done done = (JobResult.Done) desk.run(JobName.SIGNAL_GENERATION);

        assertThat(done.statistics()).containsEntry("signals", 8L).containsEntry("entries", 5L);
        assertThat(desk.orders())
                .extracting(order -> order.instrument().code())
                .containsExactlyInAnyOrder("000003", "000004", "000005", "000006", "000007");
        assertThat(done.lines())
                .filteredOn(line -> line.contains("NEW_POSITIONS_PER_DAY"))
                .hasSize(3);
    }

    @Test
    void aSecondRunOfTheSlotOrdersNothingTwice() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);
        JobResult.Done first = (JobResult.Done) desk.run(JobName.SIGNAL_GENERATION);

        JobResult.Done again = (JobResult.Done) desk.run(JobName.SIGNAL_GENERATION);

        assertThat(desk.orders()).hasSize(1);
        assertThat(again.lines()).isEqualTo(first.lines());
    }

    @Test
    void beforeOrdersAreTakenSignalsAreKeptAndShownAndNothingIsIntended() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL).at("07:00");

        JobResult result = desk.run(JobName.SIGNAL_GENERATION);

        assertThat(result).isInstanceOf(JobResult.Skipped.class);
        assertThat(((JobResult.Skipped) result).lines()).anyMatch(line -> line.startsWith("005930"));
        assertThat(desk.orders()).isEmpty();
        assertThat(new SignalsMapper(desk.store).sheet(ACCOUNT, SESSION)).isPresent();
    }

    /** Signals by hand in the evening, then 08:45 on official rows that correct the evening's. */
    @Test
    void signalsOfTheEveningLeaveTheMorningFreeToBidOnCorrectedRows() throws Exception {
        desk.at(KoreanDesk.BASIS, "20:00")
                .scored("005930", 71_000, 90)
                .scored("000660", 180_000, 85)
                .published(PriceSource.PROVISIONAL);

        JobResult evening = desk.run(JobName.SIGNAL_GENERATION);
        assertThat(evening).isInstanceOf(JobResult.Skipped.class);
        assertThat(((JobResult.Skipped) evening).lines()).anyMatch(line -> line.startsWith("005930"));
        assertThat(desk.orders()).isEmpty();

        desk.at("08:45").scored("005930", 73_000, 90).published(PriceSource.OFFICIAL);
        assertThat(desk.run(JobName.SIGNAL_GENERATION)).isInstanceOf(JobResult.Done.class);
        assertThat(desk.run(JobName.SIGNAL_GENERATION)).isInstanceOf(JobResult.Done.class);

        assertThat(desk.orders()).hasSize(2).allSatisfy(order -> assertThat(order.price())
                .isEqualByComparingTo(order.instrument().code().equals("005930") ? "72200" : "178200"));
    }

    @Test
    void fromTheOpenOnSignalsAreShownAndNothingIsIntended() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL).at("09:00");

        JobResult result = desk.run(JobName.SIGNAL_GENERATION);

        assertThat(((JobResult.Skipped) result).lines()).anyMatch(line -> line.startsWith("005930"));
        assertThat(desk.orders()).isEmpty();
        assertThat(new SignalsMapper(desk.store).sheet(ACCOUNT, SESSION)).isEmpty();
    }

    @Test
    void withoutPricesOrScoresOfTheSessionBeforeTheJobRefuses() throws Exception {
        assertThat(desk.run(JobName.SIGNAL_GENERATION)).isInstanceOf(JobResult.Refused.class);
    }

    @Test
    void scoresOfReplacedPricesAreRefused() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.PROVISIONAL);
        KoreanDesk official = desk.scored("005930", 71_100, 90);
        new MarketDataMapper(official.store)
                .put(
                        MarketDay.of(
                                KoreanDesk.BASIS,
                                PriceSource.OFFICIAL,
                                List.of(new DailyRow("005930", "가나", KrxMarket.KOSPI, 1, 1, 1, 71_100, 0, 1, 1, 1))),
                        1,
                        true,
                        desk.now());

        JobResult result = desk.run(JobName.SIGNAL_GENERATION);

        assertThat(result).isInstanceOf(JobResult.Refused.class);
        assertThat(result.reason()).contains("replaced");
    }

    @Test
    void aShareThatTradedBeyondItsDailyLimitsIsNotBought() throws Exception {
        DailyRow row = new DailyRow(
                "005930", "가나", KrxMarket.KOSDAQ, 71_000, 71_000, 71_000, 71_000, -31_000, 500_000, 1, 10_000_000);
        MarketDay day = MarketDay.of(KoreanDesk.BASIS, PriceSource.OFFICIAL, List.of(row));
        desk.scored("005930", 71_000, 90).publishedAs(day);

        JobResult.Done done = (JobResult.Done) desk.run(JobName.SIGNAL_GENERATION);

        assertThat(done.lines()).anyMatch(line -> line.contains("denied, it traded beyond the daily limits"));
        assertThat(desk.orders()).isEmpty();
    }

    @Test
    void provisionalPricesAreUsedAndSaid() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.PROVISIONAL);

        JobResult.Done done = (JobResult.Done) desk.run(JobName.SIGNAL_GENERATION);

        assertThat(done.lines()).anyMatch(line -> line.contains("provisional"));
        assertThat(desk.orders()).hasSize(1);
    }

    @Test
    void aHaltedAccountShowsItsSignalsAndEntersNone() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);
        desk.states().raise(ACCOUNT, TradingState.HALTED, "risk_checks", "a loss", desk.now());

        JobResult.Refused refused = (JobResult.Refused) desk.run(JobName.SIGNAL_GENERATION);

        assertThat(desk.orders()).isEmpty();
        assertThat(refused.reason()).startsWith("TRADING_STATE limit=ACTIVE actual=HALTED");
        assertThat(refused.lines()).anyMatch(line -> line.contains("TRADING_STATE"));
    }

    @Test
    void aShareThatCostsMoreThanAPositionMayIsNoTrade() throws Exception {
        desk.capital("500000").scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);

        JobResult.Done done = (JobResult.Done) desk.run(JobName.SIGNAL_GENERATION);

        assertThat(desk.orders()).isEmpty();
        assertThat(done.lines()).anyMatch(line -> line.contains("ZERO_QUANTITY"));
    }

    @Test
    void aBookOpenedWithAnotherCapitalIsRefused() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);
        desk.run(JobName.SIGNAL_GENERATION);

        assertThat(desk.capital("200000000").run(JobName.SIGNAL_GENERATION)).isInstanceOf(JobResult.Refused.class);
    }

    @Test
    void aShareThatTheExchangeHasMarkedIsNotBoughtAndTheOthersAre() throws Exception {
        desk.scored("005930", 71_000, 90).scored("000660", 90_000, 91).scored("000430", 10_000, 92);
        desk.published(PriceSource.OFFICIAL);
        new TradingStatusMapper(desk.store)
                .put(
                        KoreanDesk.BASIS,
                        Map.of(
                                "000430",
                                marked(TradingStatus.Mark.LIQUIDATION),
                                "000660",
                                marked(TradingStatus.Mark.INVESTMENT_CAUTION)));

        JobResult.Done done = (JobResult.Done) desk.run(JobName.SIGNAL_GENERATION);

        assertThat(done.lines()).contains("000430: no entry, the Exchange has marked it LIQUIDATION");
        assertThat(desk.orders())
                .extracting(order -> order.instrument().code())
                .containsExactlyInAnyOrder("005930", "000660");
    }

    private static TradingStatus marked(TradingStatus.Mark mark) {
        return new TradingStatus(Set.of(mark), new TreeSet<>());
    }

    /** K-cal: the Exchange closes days at short notice; until it is known who is right, nothing is bought. */
    @Test
    void aCalendarInDisputeRefusesEveryEntryAndSaysWhy() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);
        inDispute();

        JobResult result = desk.run(JobName.SIGNAL_GENERATION);

        assertThat(result).isInstanceOf(JobResult.Refused.class);
        assertThat(result.reason())
                .contains("closure page", SESSION.plusDays(1) + " closed (here open)", "CALENDAR_OVERRIDES");
        assertThat(desk.orders()).isEmpty();
        assertThat(new SignalsMapper(desk.store).sheet(ACCOUNT, SESSION)).isPresent();

        new CalendarCheckMapper(desk.store).read("closure page", reading(Set.of()), Optional.empty());
        assertThat(desk.run(JobName.SIGNAL_GENERATION)).isInstanceOf(JobResult.Done.class);
        assertThat(desk.orders()).hasSize(1);
    }

    @Test
    void aCalendarInDisputeDoesNotKeepAHoldingFromBeingSold() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);
        desk.run(JobName.SIGNAL_GENERATION);
        desk.quotes.set("005930", "70000");
        desk.at("09:00").run(JobName.POSITION_MONITORING);
        inDispute();
        qualityFell();

        JobResult result = desk.run(JobName.SIGNAL_GENERATION);

        assertThat(result.reason()).contains("(1 exits)");
        assertThat(desk.orders()).filteredOn(order -> !order.isEntry()).hasSize(1);
    }

    private void inDispute() {
        new CalendarCheckMapper(desk.store)
                .read("closure page", reading(Set.of(SESSION.plusDays(1))), Optional.empty());
    }

    private static CalendarReading reading(Set<LocalDate> closed) {
        return new CalendarReading(
                SESSION.atStartOfDay(ZoneOffset.UTC).toInstant(), SESSION, SESSION.plusDays(1), new TreeSet<>(closed));
    }

    private void qualityFell() {
        desk.at("08:50").scored("005930", 71_000, 10, 39.0);
        new ScoreMapper(desk.store)
                .put(new ScoreSheet(
                        KoreanDesk.BASIS,
                        new MarketDataMapper(desk.store)
                                .coverage(KoreanDesk.BASIS)
                                .orElseThrow()
                                .revision(),
                        desk.scores(),
                        List.of()));
    }

    @Test
    void aHeldCompanyWhoseQualityFellIsSoldAtTheOpen() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);
        desk.run(JobName.SIGNAL_GENERATION);
        desk.quotes.set("005930", "70000");
        desk.at("09:00").run(JobName.POSITION_MONITORING);
        assertThat(desk.held()).hasSize(1);

        qualityFell();
        JobResult.Done done = (JobResult.Done) desk.run(JobName.SIGNAL_GENERATION);

        assertThat(done.statistics()).containsEntry("exits", 1L);
        assertThat(desk.orders())
                .filteredOn(order -> !order.isEntry())
                .extracting(Order::reason)
                .singleElement()
                .isEqualTo("quality 39.0 below 40");
    }

    @Test
    void brokenScoresOfAMonthAgoAreToldAndKeepNothingFromBeingSold() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);
        desk.run(JobName.SIGNAL_GENERATION);
        desk.quotes.set("005930", "70000");
        desk.at("09:00").run(JobName.POSITION_MONITORING);
        LocalDate before =
                XkrxCalendar.bundled().previous(KoreanDesk.BASIS.minusDays(29)).date();
        desk.store.commit(List.of(Action.put(Item.at(Key.market("score-sheets/KRX", before.toString()))
                .with("revision", "r")
                .with("checksum", "of nothing")
                .with("parts", 1)
                .with("plainBytes", 1)
                .build())));

        qualityFell();
        JobResult.Done done = (JobResult.Done) desk.run(JobName.SIGNAL_GENERATION);

        assertThat(done.statistics()).containsEntry("exits", 1L);
        assertThat(done.lines())
                .anyMatch(line -> line.startsWith("warning: scores of " + before + " are not compared with"));
    }

    @Test
    void aBrokenEntryOfTheWatchlistIsToldAndStopsNothing() throws Exception {
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);
        desk.store.commit(List.of(Action.put(Item.at(Key.state("watchlist/DRY_RUN/default_user", "entry/000660"))
                .with("version", 1)
                .build())));

        JobResult.Done done = (JobResult.Done) desk.run(JobName.SIGNAL_GENERATION);

        assertThat(done.lines()).anyMatch(line -> line.startsWith("warning: on the watchlist 000660 cannot be read"));
        assertThat(done.statistics()).containsEntry("entries", 1L);
    }
}
