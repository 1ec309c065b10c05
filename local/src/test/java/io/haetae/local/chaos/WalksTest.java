package io.haetae.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.event.DomainEvent;
import io.haetae.job.JobName;
import io.haetae.local.kis.KisSimulator;
import io.haetae.local.market.Moment;
import io.haetae.market.InstrumentId;
import io.haetae.market.KrxMarket;
import io.haetae.market.Venue;
import io.haetae.order.ExitRule;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.portfolio.Position;
import io.haetae.store.PortfolioMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mornings that went wrong in ways somebody thought of beforehand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalksTest {

    @TempDir
    private Path folder = Path.of("");

    private final Logs logs = new Logs();

    @BeforeAll
    void quiet() {
        logs.off();
    }

    @AfterAll
    void loud() {
        logs.on();
    }

    /** 08:46 an intent is written and the process dies; 08:47 trading is halted; then the next run comes. */
    @ParameterizedTest
    @EnumSource(names = {"KOREAN_PAPER", "KOREAN_LIVE"})
    void anIntentWhoseProcessDiedIsNotSentAfterAHalt(Scene scene) throws Exception {
        try (Walk walk = walk(scene, "intent")) {
            walk.at("08:46:00");
            assertThat(walk.run(JobName.SIGNAL_GENERATION, diesAtTheFirst("ORDER_HISTORY")))
                    .isEqualTo("died");
            assertThat(walk.orders()).extracting(Order::state).containsExactly(OrderState.INTENDED);

            walk.at("08:47:00");
            scene.halt(walk.store, walk.now());
            walk.at("09:00:00").run(JobName.POSITION_MONITORING);

            assertThat(walk.orders()).extracting(Order::state).containsExactly(OrderState.CANCELLED);
            assertThat(walk.problems(true)).isEmpty();
            assertThat(walk.orders().getFirst().brokerId()).isNull();
        }
    }

    /** The rest of a target that a thin market filled in part is cancelled, and the stop sells what is left. */
    @ParameterizedTest
    @EnumSource(names = {"KOREAN_PAPER", "KOREAN_LIVE"})
    void aTargetThatFilledInPartGivesWayToTheStop(Scene scene) throws Exception {
        try (Walk walk = walk(scene, "target")) {
            String rises = entered(walk).get(1);
            walk.at("09:15:00").run(JobName.POSITION_MONITORING);
            walk.at("09:30:00").run(JobName.POSITION_MONITORING);
            walk.at("09:45:00").run(JobName.POSITION_MONITORING);

            assertThat(walk.exits(rises))
                    .extracting(Order::rule, Order::state)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(ExitRule.TAKE_PROFIT, OrderState.CANCELLED),
                            org.assertj.core.groups.Tuple.tuple(ExitRule.STOP, OrderState.FILLED));
            assertThat(walk.exits(rises))
                    .allSatisfy(exit -> assertThat(exit.filled()).isPositive());
            assertThat(held(walk)).doesNotContain(rises);
            assertThat(walk.problems(false)).isEmpty();
        }
    }

    /** The answer to the stop's sending is lost at 09:14:59; at 09:15 the next pass comes. */
    @Test
    void aStopThatIsUnknownWhenTheNextPassComesIsNotSoldTwice() throws Exception {
        try (Walk walk = walk(Scene.KOREAN_LIVE, "unknown")) {
            String falls = entered(walk).getFirst();
            walk.at("09:14:59").byHand(JobName.POSITION_MONITORING, losesTheAnswerToTheFirst("order-cash"));
            assertThat(walk.exits(falls))
                    .extracting(Order::rule, Order::filled, Order::state)
                    .allSatisfy(stop -> assertThat(stop.toList()).startsWith(ExitRule.STOP));

            walk.at("09:15:00").run(JobName.POSITION_MONITORING);
            walk.at("09:30:00").run(JobName.POSITION_MONITORING);

            assertThat(walk.exits(falls)).extracting(Order::state).containsExactly(OrderState.FILLED);
            assertThat(held(walk)).doesNotContain(falls);
            assertThat(walk.problems(false)).isEmpty();
        }
    }

    /** The second key lapses while entries rest and a position falls: entries are cancelled, the stop is sold. */
    @Test
    void anArmingThatLapsesCancelsEntriesAndLetsTheStopSell() throws Exception {
        try (Walk walk = new Walk(Scene.KOREAN_LIVE, Morning.lived(), folder.resolve("lapse"))) {
            walk.at("08:45:00");
            walk.scene.arm(walk.store, walk.now(), walk.morning.at("09:05"));
            List<String> codes = enter(walk);
            walk.at("09:15:00").run(JobName.POSITION_MONITORING);
            walk.at("09:30:00").run(JobName.POSITION_MONITORING);

            assertThat(walk.exits(codes.getFirst()))
                    .extracting(Order::rule, Order::state)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(ExitRule.STOP, OrderState.FILLED));
            assertThat(walk.entries().values())
                    .allSatisfy(entry -> assertThat(entry.state().isTerminal()).isTrue());
            assertThat(walk.entries())
                    .extractingByKey(codes.get(3))
                    .extracting(Order::state)
                    .isEqualTo(OrderState.CANCELLED);
            assertThat(walk.around.published()).extracting(DomainEvent::type).containsOnlyOnce("ArmingLapsed");
            assertThat(walk.problems(false)).isEmpty();
        }
    }

    /** No row of ours says where it is listed, so that its tax is not known: that must not keep a stop from selling. */
    @Test
    void whatAPersonSoldOfAShareThatIsNotCollectedDoesNotKeepTheStopFromSelling() throws Exception {
        try (Walk walk = walk(Scene.KOREAN_LIVE, "person")) {
            String falls = entered(walk).getFirst();
            String foreign = walk.market.listings().stream()
                    .filter(listing -> listing.market() == KrxMarket.KONEX)
                    .findFirst()
                    .orElseThrow()
                    .symbol();
            Moment moment = walk.market.at(walk.now(), foreign).orElseThrow();
            KisSimulator kis = walk.venues().kis();
            kis.fill(kis.byHand(foreign, true, 4, moment.lower()), 4);
            kis.fill(kis.byHand(foreign, false, 3, moment.upper()), 3);

            assertThat(walk.at("09:15:00").run(JobName.POSITION_MONITORING)).contains("\"DONE\"");
            assertThat(walk.at("09:30:00").run(JobName.POSITION_MONITORING)).contains("\"DONE\"");

            assertThat(walk.exits(falls))
                    .extracting(Order::rule, Order::state)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(ExitRule.STOP, OrderState.FILLED));
            assertThat(new PortfolioMapper(walk.store)
                            .position(walk.scene.account(), new InstrumentId(Venue.KIS, foreign))
                            .orElseThrow()
                            .external())
                    .isEqualByComparingTo("1");
            assertThat(walk.problemsBesidePeople()).isEmpty();
        }
    }

    private Walk walk(Scene scene, String name) throws Exception {
        Walk walk = new Walk(scene, Morning.lived(), folder.resolve(name + scene));
        walk.at("08:45:00");
        scene.arm(walk.store, walk.now(), walk.morning.at("23:59"));
        return walk;
    }

    /** Signals, and the pass at the open. */
    private static List<String> enter(Walk walk) throws Exception {
        walk.run(JobName.SIGNAL_GENERATION);
        walk.scene.steer(walk.morning, walk.market, walk.store);
        walk.at("09:00:00").run(JobName.POSITION_MONITORING);
        // Where the broker looks at every minute, the opening auction is over now.
        walk.at("09:01:00").byHand(JobName.POSITION_MONITORING, Calls.CALM);
        return List.copyOf(walk.entries().keySet());
    }

    private static List<String> entered(Walk walk) throws Exception {
        return enter(walk);
    }

    private static List<String> held(Walk walk) {
        return new PortfolioMapper(walk.store)
                .positions(walk.scene.account()).stream()
                        .filter(Position::isOpen)
                        .map(position -> position.instrument().code())
                        .toList();
    }

    private static Calls.Plan diesAtTheFirst(String what) {
        return (_, call) -> call.kind() == Kind.WRITE && call.what().contains(what) ? Fate.DIES_AFTER : Fate.PASSES;
    }

    private static Calls.Plan losesTheAnswerToTheFirst(String what) {
        return (_, call) -> call.kind() == Kind.POST && call.what().contains(what) ? Fate.ANSWER_LOST : Fate.PASSES;
    }
}
