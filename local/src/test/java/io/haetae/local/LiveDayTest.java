package io.haetae.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.functions.control.TradingControl;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.RunRecord;
import io.haetae.local.driver.Driver;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.local.world.Values;
import io.haetae.market.Venue;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Position;
import io.haetae.store.JobMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.OrderMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A morning in mode LIVE against the simulated broker, by the deployed functions on their schedules. */
class LiveDayTest {

    private static final AccountId LIVE = new AccountId(Mode.LIVE, Venue.KIS, "default_user", "KRW");
    private static final Values LIVE_AT_KIS = SmallWorld.settings(Map.of("ORCHESTRATOR_DRY_RUN", "false"));
    private static final JobEvent SIGNALS_BY_HAND =
            new JobEvent(JobName.SIGNAL_GENERATION, null, null, null, false, null, null);

    @TempDir
    Path folder;

    private static Instant at(String clock) {
        return SmallWorld.DAY
                .atTime(LocalTime.parse(clock))
                .atZone(XkrxCalendar.SEOUL)
                .toInstant();
    }

    private static List<Order> orders(SimulatedWorld world) {
        return new OrderMapper(world.store()).ofSession(LIVE, SmallWorld.DAY);
    }

    private static List<RunRecord> runs(SimulatedWorld world, String outcome) {
        return new JobMapper(world.store())
                .runs(Mode.LIVE, SmallWorld.DAY).stream()
                        .filter(run -> run.outcome().equals(outcome))
                        .toList();
    }

    /**
     * Invariant 6: with the configuration alone everything runs, every entry is denied and told how to arm; then the second
     * key. What was bought so is an alarm once the configuration says a dry run again.
     */
    @Test
    void withOneKeyNothingIsSentAndWithBothEachOrderIsSentOnce() throws Exception {
        Store store = new MemoryStore();
        GeneratedMarket market = SmallWorld.market(SmallWorld.SEED);
        try (SimulatedWorld world = SmallWorld.open(market, folder, SmallWorld.lasting(store), LIVE_AT_KIS)) {
            world.fillHistory(SmallWorld.DAY, (_, _) -> {});
            Driver driver = world.driver((_, _, _, _) -> {});
            driver.driveUntil(SmallWorld.DAY, at("08:46"));

            assertThat(runs(world, "FAILED")).isEmpty();
            assertThat(runs(world, "REFUSED")).singleElement().satisfies(run -> assertThat(run.reason())
                    .contains("NOT_ARMED", "./haetae arm"));
            assertThat(orders(world)).isNotEmpty().allSatisfy(order -> assertThat(order.state())
                    .isEqualTo(OrderState.DENIED));
            assertThat(world.broker().posts()).isZero();

            TradingControl control = new TradingControl(world.store(), world.settings(), XkrxCalendar.SEOUL);
            TradingControl.Word word = new TradingControl.Word("Kim", "first day");
            List<String> _ = control.arm(Venue.KIS, word, world.time().now(), at("15:30"), new BigDecimal("30000000"));
            JsonNode byHand = new ObjectMapper().readTree(world.functions().invoke(SIGNALS_BY_HAND));

            assertThat(byHand.path("outcome").asText()).as(byHand.toString()).isEqualTo("DONE");
            assertThat(byHand.path("mode").asText()).isEqualTo("LIVE");
            List<Order> sent = orders(world).stream()
                    .filter(order -> order.state() != OrderState.DENIED)
                    .toList();
            assertThat(sent).isNotEmpty().allSatisfy(order -> assertThat(order.state())
                    .isEqualTo(OrderState.ACCEPTED));
            assertThat(world.broker().posts()).isEqualTo(sent.size());

            driver.driveUntil(SmallWorld.DAY, at("09:31"));

            assertThat(runs(world, "FAILED")).isEmpty();
            assertThat(world.broker().taken()).hasSize(sent.size());
            assertThat(new PortfolioMapper(world.store()).positions(LIVE))
                    .filteredOn(Position::isOpen)
                    .isNotEmpty();
            assertThat(new OrderMapper(world.store())
                            .ofSession(new AccountId(Mode.DRY_RUN, Venue.KIS, "default_user", "KRW"), SmallWorld.DAY))
                    .as("the dry run's book")
                    .isEmpty();
        }
        try (SimulatedWorld dry = SmallWorld.open(market, folder, SmallWorld.lasting(store))) {
            dry.time().advanceTo(at("10:00"));
            assertThat(dry.functions().invoke(JobEvent.byHand(JobName.RISK_CHECKS)))
                    .contains(
                            "LIVE/KIS/default_user/KRW holds ", "nobody looks after it: the settings say mode DRY_RUN");
        }
    }
}
