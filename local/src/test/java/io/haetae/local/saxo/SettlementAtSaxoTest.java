package io.haetae.local.saxo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.config.KeptSecrets;
import io.haetae.functions.FakePlatform;
import io.haetae.functions.control.ControlHandler;
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
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.store.MemoryStore;
import io.haetae.store.OrderMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.time.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function {@code Control} asks the simulated bank before it takes a person's word about an order there. */
class SettlementAtSaxoTest {

    /** Wednesday, 11:00 in New York. */
    private static final Instant NOW = Instant.parse("2026-03-18T15:00:00Z");

    private static final AccountId SIM = new AccountId(Mode.SIM, Venue.SAXO, "default_user", "USD");
    private static final String APPLE = "Stock:211";
    private static final BigDecimal LIMIT = new BigDecimal("50");

    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime(NOW);
    private final MemoryStore store = new MemoryStore();
    private SaxoSimulator bank;
    private KeptSecrets secrets;
    private Order lost;

    @BeforeEach
    void anOrderWhoseAnswerWasLost() {
        bank = new SaxoSimulator(
                time, 42, folder.resolve("saxo.json"), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        secrets = new KeptSecrets(bank.secrets());
        Intent intent = new Intent(
                SIM,
                LocalDate.of(2026, 3, 18),
                "crossover",
                new InstrumentId(Venue.SAXO, APPLE),
                Side.BUY,
                Purpose.ENTRY,
                "a bar",
                0);
        lost = new Order(
                intent.id(),
                intent,
                OrderType.LIMIT,
                TimeInForce.DAY,
                LIMIT,
                BigDecimal.TEN,
                BigDecimal.ONE,
                BigDecimal.ZERO,
                new Validity(NOW, NOW.plusSeconds(60), NOW.plusSeconds(3_600)),
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
                NOW.plusSeconds(20),
                NOW,
                1,
                0,
                Set.of());
        var _ = new PortfolioMapper(store).open(SIM, new BigDecimal("10000"));
        var _ = new OrderMapper(store).write(new Change(null, lost, List.of(), List.of(), List.of()));
    }

    @AfterEach
    void close() {
        bank.close();
    }

    private String settle(String as, Optional<String> brokerId) throws IOException {
        String event = "{\"command\":\"settle\",\"order\":\"" + lost.id() + "\",\"as\":\"" + as + "\""
                + brokerId.map(id -> ",\"brokerId\":\"" + id + "\"").orElse("")
                + ",\"by\":\"Kim\",\"reason\":\"saw it\"}";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, String> environment = Map.of(
                "SAXO_AUTH_MODE", "oauth",
                "SAXO_REST_BASE", bank.restBase().toString(),
                "SAXO_AUTH_BASE", bank.authBase().toString());
        new ControlHandler(FakePlatform.of(environment, secrets, store, time, _ -> {}, _ -> {}, _ -> {}))
                .handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Order now() {
        return new OrderMapper(store).order(SIM, lost.id()).orElseThrow();
    }

    @Test
    void aPersonsOrderAtTheBankIsTakenForOurs() throws IOException {
        String theirs = bank.orderByHand(APPLE, true, BigDecimal.TEN, Optional.of(LIMIT));
        time.advanceTo(NOW.plusSeconds(300));

        assertThatThrownBy(() -> settle("placed", Optional.of("7")))
                .isInstanceOf(SettlementRefusedException.class)
                .hasMessageEndingWith("does not show 7; of that instrument and side it shows " + theirs);

        assertThat(settle("placed", Optional.of(theirs))).contains("ACCEPTED, settled as the broker's order " + theirs);
        assertThat(now().brokerId()).isEqualTo(theirs);
    }

    @Test
    void whatTheBankDoesNotShowIsWrittenOff() throws IOException {
        time.advanceTo(NOW.plusSeconds(300));

        assertThat(settle("not-placed", Optional.empty()))
                .contains("WRITTEN_OFF, settled as not placed by Kim: saw it");
        assertThat(now().state()).isEqualTo(OrderState.WRITTEN_OFF);
    }

    @Test
    void anAccountThatIsNotOnesOwnIsNotAsked() {
        time.advanceTo(NOW.plusSeconds(300));
        secrets.put("saxo/account-key", "another");

        assertThatThrownBy(() -> settle("not-placed", Optional.empty()))
                .isInstanceOf(SettlementRefusedException.class)
                .hasMessageContaining("no active Saxo account in USD");
        assertThat(now()).isEqualTo(lost);
    }
}
