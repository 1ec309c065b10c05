package io.haetae.local.saxo;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.config.KeptSecrets;
import io.haetae.config.SecretLease;
import io.haetae.market.Bar;
import io.haetae.saxo.Cancellation;
import io.haetae.saxo.FoundInstrument;
import io.haetae.saxo.InfoPrice;
import io.haetae.saxo.OrderActivity;
import io.haetae.saxo.OrderTicket;
import io.haetae.saxo.Placement;
import io.haetae.saxo.Precheck;
import io.haetae.saxo.SaxoAccount;
import io.haetae.saxo.SaxoBars;
import io.haetae.saxo.SaxoClient;
import io.haetae.saxo.SaxoToken;
import io.haetae.saxo.TradingSession;
import io.haetae.signal.MovingAverageCrossover;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaxoSimulatorTest {

    /** A Tuesday morning in New York. */
    private static final Instant START = Instant.parse("2026-01-06T15:00:00Z");

    @TempDir
    private Path folder;

    private final VirtualTime time = new VirtualTime(START);
    private final KeptSecrets kept = new KeptSecrets();
    private final Map<String, String> secrets = kept.values;
    private SaxoSimulator simulator;
    private SaxoClient client;
    private String account;

    private static final class FreeLease implements SecretLease {
        @Override
        public boolean takeTurn(String name, Duration apart) {
            return true;
        }

        @Override
        public <T> T hold(String name, Supplier<T> renewal) {
            return renewal.get();
        }
    }

    @BeforeEach
    void start() {
        simulator = open("state.json", 7);
        secrets.putAll(simulator.secrets());
        client = client(simulator);
        account = simulator.secrets().getOrDefault("saxo/account-key", "");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private SaxoSimulator open(String file, long seed) {
        return new SaxoSimulator(
                time, seed, folder.resolve(file), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private SaxoClient client(SaxoSimulator venue) {
        return new SaxoClient(
                venue.restBase(), new SaxoToken(false, kept, new FreeLease(), venue.authBase(), time), time);
    }

    private OrderTicket ticket(String side, String amount, Optional<BigDecimal> limit, String reference) {
        return new OrderTicket(account, "Stock", 211, side, new BigDecimal(amount), limit, reference);
    }

    @Test
    void offersAUsdAndAEurAccount() {
        assertThat(client.accounts()).extracting(SaxoAccount::currency).containsExactly("EUR", "USD");
        assertThat(client.balance(client.clientKey(), account).totalValue()).isEqualByComparingTo("1000000");
    }

    @Test
    void aSearchForASymbolFindsItsOtherListingToo() {
        assertThat(client.search("AAPL", "Stock"))
                .extracting(FoundInstrument::symbol)
                .containsExactlyInAnyOrder("AAPL:xnas", "AAPL:xfra");
        assertThat(client.details("FxSpot", 21700189, account).assetType()).isEqualTo("FxCrypto");
    }

    @Test
    void quotesAndBarsTellOnePriceAndTheScheduleSaysWhenItIsOpen() {
        InfoPrice quote = Objects.requireNonNull(
                client.infoPrices("Stock", List.of(211L), account).get(211L));
        assertThat(quote.marketState()).isEqualTo("Open");
        List<Bar> bars = client.bars("Stock", 211, 60, 30, account);
        assertThat(bars).hasSize(30);
        assertThat(bars.getLast().close()).isEqualTo(quote.mid());
        assertThat(bars.getLast().closedAt(time.now())).isFalse();
        assertThat(TradingSession.openAt(client.tradingSchedule("Stock", 211), time.now()))
                .isTrue();
        assertThat(TradingSession.openAt(client.tradingSchedule("Stock", 211), Instant.parse("2026-01-06T21:00:00Z")))
                .isFalse();
        assertThat(TradingSession.openAt(client.tradingSchedule("FxSpot", 21), Instant.parse("2026-01-06T22:01:00Z")))
                .isFalse();
        assertThat(TradingSession.openAt(client.tradingSchedule("FxSpot", 21), Instant.parse("2026-01-06T22:04:00Z")))
                .isTrue();
    }

    @Test
    void closedBarsDoNotChangeWhenTimePasses() {
        SaxoBars bars = new SaxoBars(client, account);
        List<Bar> before = bars.closed("FxSpot", 21, Duration.ofMinutes(60), 21, time.now());
        Instant asked = time.now();
        time.advanceTo(START.plus(Duration.ofMinutes(17)));
        assertThat(bars.closed("FxSpot", 21, Duration.ofMinutes(60), 21, asked)).isEqualTo(before);
    }

    @Test
    void oneSeedIsOneMarketWhateverWasAskedBefore() {
        client.bars("Stock", 47556, 60, 200, account);
        List<Bar> here = client.bars("FxSpot", 31, 60, 50, account);
        try (SaxoSimulator other = open("other.json", 7)) {
            secrets.putAll(other.secrets());
            assertThat(client(other).bars("FxSpot", 31, 60, 50, account)).isEqualTo(here);
        } finally {
            secrets.putAll(simulator.secrets());
        }
    }

    @Test
    void aDayHasCrossingsToActOn() {
        MovingAverageCrossover strategy = MovingAverageCrossover.standard();
        for (long seed : new long[] {1, 7, 42}) {
            SaxoMarket market = new SaxoMarket(seed);
            int signals = 0;
            for (SimulatedInstrument instrument : SimulatedInstrument.ALL) {
                for (int hour = 0; hour < 24; hour++) {
                    Instant now = START.plus(Duration.ofHours(hour));
                    Duration length = Duration.ofMinutes(60);
                    List<Bar> bars = market.barStarts(instrument, length, 26, now).stream()
                            .map(start -> market.bar(instrument, start, length, now))
                            .map(bar -> new Bar(
                                    bar.start(),
                                    bar.start().plus(length),
                                    bar.open(),
                                    bar.high(),
                                    bar.low(),
                                    bar.close()))
                            .toList();
                    if (strategy.decide(bars, now, Optional.empty()).action() == MovingAverageCrossover.Action.BUY) {
                        signals++;
                    }
                }
            }
            assertThat(signals).as("BUY signals of seed " + seed).isPositive();
        }
    }

    @Test
    void aMarketOrderFillsAndShowsInAuditAndPositionsAlsoAfterARestart() {
        Placement placed = client.place(
                ticket("Buy", "2", Optional.empty(), "ref-1"),
                "id-1",
                time.now().plusSeconds(20));
        assertThat(placed).isInstanceOf(Placement.Accepted.class);
        simulator.close();
        simulator = open("state.json", 7);
        client = client(simulator);
        time.advanceTo(START.plusSeconds(3));
        List<OrderActivity> rows =
                client.orderActivities(client.clientKey(), account, START.minusSeconds(5), Optional.empty());
        assertThat(rows).extracting(OrderActivity::status).containsExactly("Placed", "Placed", "FinalFill");
        assertThat(rows.getLast().externalReference()).isEqualTo("ref-1");
        assertThat(client.netPositions(client.clientKey(), account))
                .singleElement()
                .satisfies(position -> assertThat(position.amount()).isEqualByComparingTo("2"));
    }

    @Test
    void aLimitOrderWorksUntilItIsCancelled() {
        Placement placed = client.place(
                ticket("Buy", "1", Optional.of(new BigDecimal("1.00")), "ref-2"),
                "id-2",
                time.now().plusSeconds(20));
        String id = placed instanceof Placement.Accepted(String orderId) ? orderId : "";
        time.advanceTo(START.plus(Duration.ofMinutes(30)));
        assertThat(client.openOrders(client.clientKey(), account))
                .singleElement()
                .satisfies(order -> assertThat(order.orderId()).isEqualTo(id));
        assertThat(client.cancel(id, account)).isInstanceOf(Cancellation.Accepted.class);
        assertThat(client.openOrders(client.clientKey(), account)).isEmpty();
        assertThat(client.cancel(id, account)).isInstanceOf(Cancellation.Gone.class);
    }

    @Test
    void whatTheBankWouldNotTakeIsRefusedByPrecheckAndPlacement() {
        assertThat(client.precheck(ticket("Buy", "1", Optional.empty(), "r"), "p-1"))
                .isInstanceOf(Precheck.Passed.class);
        assertThat(client.place(
                        ticket("Sell", "1", Optional.empty(), "r"),
                        "p-2",
                        time.now().plusSeconds(20)))
                .isInstanceOf(Placement.Rejected.class);
        time.advanceTo(Instant.parse("2026-01-06T23:00:00Z"));
        assertThat(client.precheck(ticket("Buy", "1", Optional.empty(), "r"), "p-3"))
                .isInstanceOf(Precheck.Failed.class);
    }

    @Test
    void anEqualOrderWithinFifteenSecondsIsUnknown() {
        client.place(
                ticket("Buy", "1", Optional.empty(), "r"), "same", time.now().plusSeconds(20));
        assertThat(client.place(
                        ticket("Buy", "1", Optional.empty(), "r"),
                        "same",
                        time.now().plusSeconds(20)))
                .isInstanceOf(Placement.Unknown.class);
    }

    @Test
    void tokensRotateAndAWorldThatLostThemTakesThemAgain() {
        String before = secrets.getOrDefault("saxo/token", "");
        time.advanceTo(START.plus(Duration.ofMinutes(19)));
        assertThat(client.accounts()).isNotEmpty();
        assertThat(secrets.get("saxo/token")).isNotEqualTo(before);
        secrets.put("saxo/token", simulator.initialToken());
        assertThat(client.accounts()).isNotEmpty();
    }

    @Test
    void theBudgetOfAServiceGroupIsKeptByWaiting() {
        for (int call = 0; call < 121; call++) {
            client.clientKey();
        }
        assertThat(time.now()).isEqualTo(START.plusSeconds(60));
    }
}
