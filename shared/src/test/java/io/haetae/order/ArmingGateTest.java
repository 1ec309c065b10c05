package io.haetae.order;

import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.CLOSE;
import static io.haetae.order.TradingWorld.OPEN;
import static io.haetae.order.TradingWorld.SESSION;
import static io.haetae.order.TradingWorld.SIGNALS;
import static io.haetae.order.TradingWorld.TERMS;
import static io.haetae.order.TradingWorld.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.event.DomainEvent;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.risk.Arming;
import io.haetae.store.ArmingMapper;
import io.haetae.store.Outbox;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArmingGateTest {

    private static final AccountId LIVE = new AccountId(Mode.LIVE, Venue.KIS, "someone", "KRW");

    private final TradingWorld world = new TradingWorld();
    private final ArmingMapper armings = new ArmingMapper(world.store);
    private final ArmingGate gate = new ArmingGate(armings, world.time);

    @Test
    void withoutAnArmingALiveEntryIsDeniedAndSaysHowToArm() {
        assertThat(gate.toIntend(LIVE, won(1))).isInstanceOfSatisfying(ArmingGate.Answer.Refused.class, refused -> {
            assertThat(refused.denial().code()).isEqualTo(DenialCode.NOT_ARMED);
            assertThat(refused.denial().limit()).contains("./haetae arm");
        });
        assertThat(gate.toSend(order(LIVE, Purpose.ENTRY))).isInstanceOf(ArmingGate.Answer.Refused.class);
        assertThat(gate.ended(order(LIVE, Purpose.ENTRY))).isPresent();
    }

    @Test
    void exitsAndOtherModesAskForNoArming() {
        assertThat(gate.toSend(order(LIVE, Purpose.EXIT))).isEqualTo(new ArmingGate.Answer.Passed(List.of()));
        assertThat(gate.ended(order(LIVE, Purpose.EXIT))).isEmpty();
        for (Mode mode : List.of(Mode.DRY_RUN, Mode.SIM)) {
            AccountId account = new AccountId(mode, Venue.KIS, "someone", "KRW");
            assertThat(gate.toIntend(account, won(1))).isEqualTo(new ArmingGate.Answer.Passed(List.of()));
            assertThat(gate.toSend(order(account, Purpose.ENTRY))).isEqualTo(new ArmingGate.Answer.Passed(List.of()));
            assertThat(gate.ended(order(account, Purpose.ENTRY))).isEmpty();
            assertThatThrownBy(() -> arm(account, 1, 1)).hasMessageContaining("only LIVE accounts do");
        }
    }

    @Test
    void anArmingHoldsUntilItsMomentAndNotAtIt() {
        Arming arming = arm(LIVE, 2, 100);
        Order entry = order(LIVE, Purpose.ENTRY);

        world.time.advanceTo(arming.until().minusMillis(1));
        assertThat(gate.toSend(entry)).isInstanceOf(ArmingGate.Answer.Passed.class);
        assertThat(gate.ended(entry)).isEmpty();
        world.time.advanceTo(arming.until());
        assertThat(gate.toSend(entry))
                .isEqualTo(new ArmingGate.Answer.Refused(new Denial(
                        DenialCode.NOT_ARMED, "an arming that holds: ./haetae arm", "lapsed at " + arming.until())));
        assertThat(gate.ended(entry)).contains("not armed: lapsed at " + arming.until());
        assertThat(gate.toIntend(LIVE, won(1))).isInstanceOf(ArmingGate.Answer.Refused.class);
    }

    @Test
    void theTransactionIsRefusedWhenTheArmingWentBetweenTheQuestionAndTheWrite() {
        Arming _ = arm(LIVE, 2, 1_000);
        List<Change.Rule> parts = passed(gate.toIntend(LIVE, won(100)));
        var _ = armings.disarm(LIVE, "kim", "enough for today", world.time.now());

        Written written = write(order(LIVE, Purpose.ENTRY), parts);

        assertThat(written).isInstanceOfSatisfying(Written.Refused.class, refused -> assertThat(
                        Intending.denial(refused.part(), refused.actual()))
                .contains(new Denial(DenialCode.NOT_ARMED, "an arming that holds: ./haetae arm", "disarmed by kim")));
        assertThat(world.orders.open(LIVE)).isEmpty();
    }

    @Test
    void entriesTogetherSpendAtMostWhatTheArmingAllows() {
        Arming arming = arm(LIVE, 2, 1_000);
        assertThat(write(order(LIVE, Purpose.ENTRY, "a"), passed(gate.toIntend(LIVE, won(600)))))
                .isInstanceOf(Written.Done.class);
        assertThat(write(order(LIVE, Purpose.ENTRY, "b"), passed(gate.toIntend(LIVE, won(401)))))
                .isInstanceOfSatisfying(
                        Written.Refused.class, refused -> assertThat(Intending.denial(refused.part(), refused.actual()))
                                .contains(new Denial(DenialCode.ARMED_NOTIONAL, "1000", "600 and 401 more")));
        assertThat(write(order(LIVE, Purpose.ENTRY, "c"), passed(gate.toIntend(LIVE, won(400)))))
                .isInstanceOf(Written.Done.class);
        assertThat(armings.spent(arming)).isEqualByComparingTo("1000");
    }

    @Test
    void anEntryOfOneArmingIsNotSentUnderTheNext() {
        Arming _ = arm(LIVE, 2, 1_000);
        Order entry = order(LIVE, Purpose.ENTRY);
        world.time.advanceTo(SIGNALS.plusSeconds(60));
        Arming _ = arm(LIVE, 2, 10);

        assertThat(gate.toSend(entry)).isInstanceOf(ArmingGate.Answer.Refused.class);
        assertThat(gate.ended(entry)).hasValueSatisfying(why -> assertThat(why).contains("armed anew by kim"));
    }

    @Test
    void aLongArmingIsAnnouncedDaysBeforeItLapses() {
        Arming arming = arm(LIVE, 30 * 24, 100);
        world.time.advanceTo(arming.until().minus(ArmingGate.WARNING).minusMillis(1));
        gate.announce(LIVE);
        assertThat(told()).containsExactly("TradingArmed");

        world.time.advanceTo(arming.until().minus(ArmingGate.WARNING));
        gate.announce(LIVE);
        assertThat(told()).containsExactly("TradingArmed", "ArmingLapsing");
    }

    @Test
    void aLapseIsAnnouncedOnceBeforeAndOnceAfter() {
        Arming arming = arm(LIVE, 3, 100);
        world.time.advanceTo(arming.until().minusSeconds(90 * 60 + 1));
        gate.announce(LIVE);
        assertThat(told()).containsExactly("TradingArmed");

        world.time.advanceTo(arming.until().minusSeconds(90 * 60));
        gate.announce(LIVE);
        gate.announce(LIVE);
        assertThat(told()).containsExactly("TradingArmed", "ArmingLapsing");

        world.time.advanceTo(arming.until());
        gate.announce(LIVE);
        world.time.advanceTo(arming.until().plusSeconds(600));
        gate.announce(LIVE);
        assertThat(told()).containsExactly("TradingArmed", "ArmingLapsing", "ArmingLapsed");
    }

    @Test
    void whatIsDisarmedDoesNotLapse() {
        Arming arming = arm(LIVE, 1, 100);
        assertThat(armings.disarm(LIVE, "kim", "lunch", world.time.now())).contains(arming);
        assertThat(armings.disarm(LIVE, "kim", "lunch", world.time.now())).isEmpty();

        world.time.advanceTo(arming.until());
        gate.announce(LIVE);

        assertThat(told()).containsExactly("TradingArmed", "TradingDisarmed");
    }

    private List<String> told() {
        return new Outbox(world.store).pending().stream().map(DomainEvent::type).toList();
    }

    private Arming arm(AccountId account, int hours, long notional) {
        return armings.arm(
                account,
                "kim",
                "the first live week",
                world.time.now(),
                world.time.now().plus(Duration.ofHours(hours)),
                won(notional));
    }

    private static List<Change.Rule> passed(ArmingGate.Answer answer) {
        assertThat(answer).isInstanceOf(ArmingGate.Answer.Passed.class);
        return ((ArmingGate.Answer.Passed) answer).parts();
    }

    private Written write(Order order, List<Change.Rule> parts) {
        return world.orders.write(ChangeDraft.born(order, OrderEvent.INTEND, order.reason(), world.time.now())
                .change(world.run().fence(), parts));
    }

    private Order order(AccountId account, Purpose purpose) {
        return order(account, purpose, "2026-01-02");
    }

    private Order order(AccountId account, Purpose purpose, String cause) {
        Side side = purpose == Purpose.ENTRY ? Side.BUY : Side.SELL;
        Intent intent = new Intent(account, SESSION, "momentum", ALPHA, side, purpose, cause, 0);
        return new Order(
                intent.id(),
                intent,
                OrderType.LIMIT,
                TimeInForce.DAY,
                won(10),
                won(10),
                BigDecimal.ONE,
                BigDecimal.ZERO,
                new Validity(OPEN, OPEN, CLOSE),
                TERMS,
                purpose == Purpose.ENTRY ? null : ExitRule.STOP,
                "",
                OrderState.INTENDED,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                null,
                null,
                "",
                world.time.now(),
                null,
                world.time.now(),
                1,
                0,
                Set.of());
    }
}
