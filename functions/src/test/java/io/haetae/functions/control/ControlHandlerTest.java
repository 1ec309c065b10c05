package io.haetae.functions.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.event.DomainEvent;
import io.haetae.event.EventPublisher;
import io.haetae.functions.FakePlatform;
import io.haetae.functions.Platform;
import io.haetae.job.InvalidEventException;
import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.order.Change;
import io.haetae.order.ExitTerms;
import io.haetae.order.Intent;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.order.OrderType;
import io.haetae.order.Purpose;
import io.haetae.order.SettlementRefusedException;
import io.haetae.order.Side;
import io.haetae.order.TimeInForce;
import io.haetae.order.Validity;
import io.haetae.order.Written;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.risk.Arming;
import io.haetae.risk.TradingState;
import io.haetae.store.ArmingMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.OrderMapper;
import io.haetae.store.Outbox;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.TradingStateMapper;
import io.haetae.time.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlHandlerTest {

    private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
    private static final AccountId DRY = new AccountId(Mode.DRY_RUN, Venue.KIS, "default_user", "KRW");
    private static final AccountId LIVE = new AccountId(Mode.LIVE, Venue.KIS, "default_user", "KRW");

    private final MemoryStore store = new MemoryStore();
    private final List<DomainEvent> published = new ArrayList<>();
    private Map<String, String> settings = Map.of();
    private EventPublisher publisher = published::addAll;

    private String say(String event) throws IOException {
        Platform platform = FakePlatform.of(settings, store, new VirtualTime(NOW), publisher, _ -> {});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ControlHandler(platform)
                .handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
        return out.toString(StandardCharsets.UTF_8);
    }

    private TradingState state(AccountId account) {
        return new TradingStateMapper(store).get(account).state();
    }

    @Test
    void anEmptyEventOnlyAsks() throws IOException {
        assertThat(say("{}"))
                .contains("\"command\" : \"status\"", "trading state DRY_RUN/KIS/default_user/KRW: ACTIVE");
        assertThat(published).isEmpty();
    }

    @Test
    void aHaltHoldsEverywhereAndIsPublishedAtOnce() throws IOException {
        var _ = new PortfolioMapper(store).open(LIVE, BigDecimal.TEN);

        String answer = say("{\"command\":\"halt\",\"by\":\"Kim\",\"reason\":\"news\"}");

        assertThat(answer).contains("DRY_RUN/KIS/default_user/KRW: HALTED (Kim: news)");
        assertThat(state(DRY)).isEqualTo(TradingState.HALTED);
        assertThat(state(LIVE)).as("a book that is not traded for now").isEqualTo(TradingState.HALTED);
        assertThat(published)
                .extracting(DomainEvent::type)
                .containsOnly("TradingHalted")
                .hasSize(3);
    }

    /** A halt that holds must not look like one that failed. */
    @Test
    void aHaltHoldsAlsoWhenNobodyCanBeTold() throws IOException {
        publisher = _ -> {
            throw new IllegalStateException("no bus");
        };

        assertThat(say("{\"command\":\"halt\",\"by\":\"Kim\",\"reason\":\"news\"}"))
                .contains("HALTED (Kim: news)");
        assertThat(new Outbox(store).pending()).hasSize(2);
    }

    /** Invariant 5: only a named person with a reason lowers it, and a dry run's word is not one about real money. */
    @Test
    void aResumeSetsFreeOnlyWhatIsTradedFor() throws IOException {
        var _ = new PortfolioMapper(store).open(LIVE, BigDecimal.TEN);
        say("{\"command\":\"halt\",\"by\":\"Kim\",\"reason\":\"news\"}");

        String answer = say("{\"command\":\"resume\",\"by\":\"Kim\",\"reason\":\"read it\"}");

        assertThat(answer).contains("not resumed: LIVE/KIS/default_user/KRW: HALTED (Kim: news)");
        assertThat(state(DRY)).isEqualTo(TradingState.ACTIVE);
        assertThat(state(LIVE)).isEqualTo(TradingState.HALTED);
    }

    @Test
    void armAndDisarmTurnTheSecondKey() throws IOException {
        settings = Map.of("ORCHESTRATOR_DRY_RUN", "false");

        String armed = say("{\"command\":\"arm\",\"venue\":\"KIS\",\"by\":\"Kim\",\"reason\":\"first day\","
                + "\"until\":\"2026-01-05T06:30:00Z\",\"maxNotional\":\"5000000\"}");

        assertThat(armed).contains("armed by Kim (first day) until 2026-01-05 15:30 (Asia/Seoul)");
        Arming arming = new ArmingMapper(store).get(LIVE).orElseThrow();
        assertThat(arming.maxNotional()).isEqualByComparingTo("5000000");
        assertThat(say("{\"command\":\"status\"}")).contains("armed by Kim");
        assertThat(say("{\"command\":\"disarm\",\"by\":\"Lee\",\"reason\":\"done\"}"))
                .contains("disarmed by Lee (done)");
        assertThat(new ArmingMapper(store).get(LIVE)).isEmpty();
        assertThat(published).extracting(DomainEvent::type).containsExactly("TradingArmed", "TradingDisarmed");
    }

    /** Invariant 6: what is odd in any way changes nothing and fails the invocation. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"command\":\"ARM\"}",
                "{\"command\":\"sell\"}",
                "{\"command\":1}",
                "{\"command\":\"halt\"}",
                "{\"command\":\"halt\",\"by\":\"Kim\"}",
                "{\"command\":\"halt\",\"by\":\" \",\"reason\":\"x\"}",
                "{\"command\":\"halt\",\"by\":\"Kim\",\"reason\":\"a\\nb\"}",
                "{\"command\":\"halt\",\"by\":\"Kim\",\"reason\":\"x\",\"venue\":\"NYSE\"}",
                "{\"command\":\"halt\",\"by\":\"Kim\",\"reason\":\"x\",\"reducing\":\"yes\"}",
                "{\"command\":\"halt\",\"by\":\"Kim\",\"reason\":\"x\",\"until\":\"2026-01-05T06:30:00Z\"}",
                "{\"command\":\"resume\",\"reason\":\"x\"}",
                "{\"command\":\"status\",\"venue\":\"KIS\"}",
                "{\"command\":\"arm\",\"by\":\"Kim\",\"reason\":\"x\",\"until\":\"2026-01-05T06:30:00Z\",\"maxNotional\":\"5\"}",
                "{\"command\":\"arm\",\"venue\":\"KIS\",\"by\":\"Kim\",\"reason\":\"x\",\"maxNotional\":\"5\"}",
                "{\"command\":\"arm\",\"venue\":\"KIS\",\"by\":\"Kim\",\"reason\":\"x\",\"until\":\"2026-01-05T06:30:00Z\"}",
                "{\"command\":\"arm\",\"venue\":\"KIS\",\"by\":\"Kim\",\"reason\":\"x\",\"until\":\"later\",\"maxNotional\":\"5\"}",
                "{\"command\":\"arm\",\"venue\":\"KIS\",\"by\":\"Kim\",\"reason\":\"x\",\"until\":\"2026-01-04T06:30:00Z\",\"maxNotional\":\"5\"}",
                "{\"command\":\"arm\",\"venue\":\"KIS\",\"by\":\"Kim\",\"reason\":\"x\",\"until\":\"2027-01-05T06:30:00Z\",\"maxNotional\":\"5\"}",
                "{\"command\":\"arm\",\"venue\":\"KIS\",\"by\":\"Kim\",\"reason\":\"x\",\"until\":\"2026-01-05T06:30:00Z\",\"maxNotional\":\"0\"}",
                "{\"command\":\"arm\",\"venue\":\"KIS\",\"by\":\"Kim\",\"reason\":\"x\",\"until\":\"2026-01-05T06:30:00Z\",\"maxNotional\":\"1e9\"}",
                "{\"command\":\"settle\",\"as\":\"not-placed\",\"by\":\"Kim\",\"reason\":\"x\"}",
                "{\"command\":\"settle\",\"order\":\"20260318-1f\",\"as\":\"not-placed\",\"by\":\"Kim\",\"reason\":\"x\"}",
                "{\"command\":\"settle\",\"order\":\"a\\nb\",\"as\":\"not-placed\",\"by\":\"Kim\",\"reason\":\"x\"}",
                "{\"command\":\"settle\",\"order\":\"20260318-00000000000000000000000000000000\",\"by\":\"Kim\",\"reason\":\"x\"}",
                "{\"command\":\"settle\",\"order\":\"20260318-00000000000000000000000000000000\",\"as\":\"lost\",\"by\":\"Kim\",\"reason\":\"x\"}",
                "{\"command\":\"settle\",\"order\":\"20260318-00000000000000000000000000000000\",\"as\":\"placed\",\"by\":\"Kim\",\"reason\":\"x\"}",
                "{\"command\":\"settle\",\"order\":\"20260318-00000000000000000000000000000000\",\"as\":\"not-placed\",\"by\":\"Kim\"}",
                "{\"command\":\"halt\",\"by\":\"Kim\",\"reason\":\"x\",\"order\":\"20260318-00000000000000000000000000000000\"}",
                "{\"command\":\"arm\",\"venue\":\"SAXO\",\"by\":\"Kim\",\"reason\":\"x\",\"until\":\"2026-01-05T06:30:00Z\",\"maxNotional\":\"5\"}"
            })
    void anOddEventChangesNothing(String event) {
        assertThatThrownBy(() -> say(event))
                .isInstanceOf(InvalidEventException.class)
                .message()
                .doesNotContain("\n");
        assertThat(published).isEmpty();
        assertThat(state(DRY)).isEqualTo(TradingState.ACTIVE);
        assertThat(new ArmingMapper(store).get(LIVE)).isEmpty();
    }

    @Test
    void everySampleEventIsTaken() throws IOException {
        List<String> said = new ArrayList<>();
        try (DirectoryStream<Path> samples = Files.newDirectoryStream(Path.of("..", "events"), "control-*.json")) {
            for (Path sample : samples) {
                if (!sample.endsWith("control-settle.json")) {
                    said.add(say(Files.readString(sample)));
                }
            }
        }
        assertThat(said).hasSize(5).allSatisfy(answer -> assertThat(answer).contains("\"lines\" : ["));
    }

    @Test
    void theSampleOfASettlementLacksNothingButTheOrder() {
        assertThatThrownBy(() -> say(Files.readString(Path.of("..", "events", "control-settle.json"))))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith("no order is named 20260318-");
    }

    /** An order of the account whose answer was lost on the morning of the day. */
    private Order unknown(AccountId account) {
        Intent intent = new Intent(
                account,
                LocalDate.of(2026, 1, 5),
                "momentum",
                new InstrumentId(account.venue(), "000110"),
                Side.BUY,
                Purpose.ENTRY,
                "2026-01-02",
                0);
        Order order = new Order(
                intent.id(),
                intent,
                OrderType.LIMIT,
                TimeInForce.DAY,
                BigDecimal.TEN,
                BigDecimal.TEN,
                BigDecimal.ONE,
                BigDecimal.ZERO,
                new Validity(NOW, NOW, NOW),
                ExitTerms.NONE,
                null,
                "wanted",
                OrderState.UNKNOWN,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                null,
                null,
                "timed out",
                NOW,
                NOW,
                NOW,
                1,
                0,
                Set.of());
        var _ = new PortfolioMapper(store).open(account, BigDecimal.TEN);
        assertThat(new OrderMapper(store).write(new Change(null, order, List.of(), List.of(), List.of())))
                .isInstanceOf(Written.Done.class);
        return order;
    }

    /** Each is told apart before the broker is asked, which has no key here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DRY_RUN | KIS | it is of a dry run: what our own paper broker shows proves what became of it",
                "SIM | KIS | it is of mode SIM, and KIS_ENV means that of LIVE",
                "LIVE | KIS | the broker cannot be asked, NO_KEY kis/app-key",
                "LIVE | SAXO | it is of mode LIVE, and SAXO_ENV means that of SIM",
                "SIM | SAXO | the broker cannot be asked, NO_KEY saxo/access-token"
            })
    void anOrderWhoseBrokerCannotBeAskedIsNotSettled(Mode mode, Venue venue, String why) {
        Order order = unknown(new AccountId(mode, venue, "default_user", venue == Venue.KIS ? "KRW" : "USD"));

        assertThatThrownBy(() -> say("{\"command\":\"settle\",\"order\":\"" + order.id()
                        + "\",\"as\":\"not-placed\",\"by\":\"Kim\",\"reason\":\"saw it\"}"))
                .isInstanceOf(SettlementRefusedException.class)
                .hasMessage("order " + order.id() + " is not settled: " + why);
        assertThat(new OrderMapper(store).order(order.account(), order.id())).contains(order);
        assertThat(published).isEmpty();
    }
}
