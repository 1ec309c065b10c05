package io.haetae.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.job.JobName;
import io.haetae.job.RunRecord;
import io.haetae.local.driver.Driver;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.local.world.Values;
import io.haetae.market.Venue;
import io.haetae.order.Order;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.store.JobMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.OrderMapper;
import io.haetae.store.Store;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K-cal, whole: the Exchange announces a closure that this program does not know, over the real functions and schedules. */
class CalendarDisputeTest {

    private static final GeneratedMarket MARKET = SmallWorld.market(SmallWorld.SEED);
    private static final LocalDate DAY = SmallWorld.DAY;
    private static final LocalDate NEXT = XkrxCalendar.bundled().next(DAY).date();
    private static final LocalDate NEXT_WEEK = DAY.plusDays(7);
    private static final AccountId ACCOUNT = new AccountId(Mode.DRY_RUN, Venue.KIS, "default_user", "KRW");

    private final Store store = new MemoryStore();

    @TempDir
    Path folder;

    @Test
    void aNewClosureStopsEntriesUntilThePageAgreesAndNothingElse() throws Exception {
        try (SimulatedWorld world = open(Map.of())) {
            world.fillHistory(DAY, (_, _) -> {});
            world.closurePage().say(NEXT_WEEK, true);
            drive(world, DAY, 9, 20);

            assertThat(newest(DAY, JobName.CALENDAR_REFRESH).outcome()).isEqualTo("REFUSED");
            RunRecord signals = newest(DAY, JobName.SIGNAL_GENERATION);
            assertThat(signals.outcome()).isEqualTo("REFUSED");
            assertThat(signals.reason())
                    .contains("closure page", NEXT_WEEK + " closed (here open)", "CALENDAR_OVERRIDES", "(0 exits)");
            assertThat(orders()).isEmpty();
            assertThat(newest(DAY, JobName.POSITION_MONITORING).outcome()).isEqualTo("DONE");
            assertThat(newest(DAY, JobName.RISK_CHECKS).outcome()).isEqualTo("DONE");
            assertThat(newest(DAY, JobName.SAXO_CYCLE).outcome()).isEqualTo("DONE");

            world.closurePage().agree();
            drive(world, DAY, 24, 0);
            drive(world, NEXT, 9, 0);
            assertThat(newest(NEXT, JobName.CALENDAR_REFRESH).outcome()).isEqualTo("DONE");
            assertThat(newest(NEXT, JobName.SIGNAL_GENERATION).outcome()).isEqualTo("DONE");
            assertThat(orders()).isNotEmpty();
        }
    }

    @Test
    void anOverrideThatAgreesEndsTheDisputeWithTheNextStart() throws Exception {
        try (SimulatedWorld world = open(Map.of())) {
            world.fillHistory(DAY, (_, _) -> {});
            world.closurePage().say(NEXT_WEEK, true);
            world.broker().sayOpen(NEXT_WEEK, false);
            drive(world, DAY, 8, 0);
            assertThat(newest(DAY, JobName.CALENDAR_REFRESH).outcome()).isEqualTo("REFUSED");
        }
        try (SimulatedWorld world = open(Map.of("CALENDAR_OVERRIDES", "XKRX/" + NEXT_WEEK + "/closed"))) {
            drive(world, DAY, 9, 0);
            assertThat(newest(DAY, JobName.SIGNAL_GENERATION).outcome()).isEqualTo("DONE");
            assertThat(orders()).isNotEmpty();
        }
    }

    /** The paper environment does not have the call: asking for it would be an error every morning. */
    @Test
    void inThePaperEnvironmentTheBrokerIsNotAsked() throws Exception {
        try (SimulatedWorld world = open(Map.of("KIS_ENV", "paper"))) {
            world.broker().sayOpen(NEXT_WEEK, false);
            drive(world, DAY, 8, 0);
            assertThat(newest(DAY, JobName.CALENDAR_REFRESH).reason()).contains("agree with 1 source");
        }
    }

    private SimulatedWorld open(Map<String, String> settings) {
        Values values = SmallWorld.settings(settings);
        return SmallWorld.open(MARKET, folder, SmallWorld.lasting(store), values);
    }

    private static void drive(SimulatedWorld world, LocalDate day, int hour, int minute) {
        Driver driver = world.driver((_, _, _, _) -> {});
        driver.driveUntil(
                day,
                day.atStartOfDay(XkrxCalendar.SEOUL)
                        .plusHours(hour)
                        .plusMinutes(minute)
                        .toInstant());
    }

    private RunRecord newest(LocalDate day, JobName job) {
        return new JobMapper(store)
                .runs(Mode.DRY_RUN, day).stream()
                        .filter(run -> run.slot().job() == job)
                        .reduce((_, newer) -> newer)
                        .orElseThrow();
    }

    private List<Order> orders() {
        return new OrderMapper(store).open(ACCOUNT);
    }
}
