package io.haetae.local.broker;

import io.haetae.config.KeptSecrets;
import io.haetae.config.SecretLease;
import io.haetae.http.OrderSender;
import io.haetae.local.http.Answer;
import io.haetae.local.saxo.SaxoSimulator;
import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.order.Broker;
import io.haetae.order.Side;
import io.haetae.order.Validity;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.saxo.SaxoBroker;
import io.haetae.saxo.SaxoClient;
import io.haetae.saxo.SaxoToken;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/** The simulated Saxo with the program's broker for it, over HTTP: shares in US dollars. */
final class SaxoVenue implements VenueUnderTest {

    private static final Instant TUESDAY_MORNING = Instant.parse("2026-01-06T15:00:00Z");
    private static final Instant CLOSE = Instant.parse("2026-01-06T21:00:00Z");
    private static final String APPLE = "Stock:211";
    private static final String ORDERS = "/sim/openapi/trade/v2/orders";
    private static final int PAGE = 20;

    /** How often the client asks for a read before it gives up, and sends an order that is too many. */
    private static final int TRIES = 4;

    private final VirtualTime time = new VirtualTime(TUESDAY_MORNING);

    /** A precheck's address begins like a placement's. */
    private final Wire wire = new Wire(
            request -> request.method().equals("POST") && request.path().equals(ORDERS));

    private final Path state;
    private final SaxoSimulator bank;
    private final Broker broker;

    SaxoVenue(Path folder) {
        this.state = folder.resolve("saxo.json");
        this.bank = new SaxoSimulator(time, 42, state, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        bank.server().around(wire::around);
        bank.pageSize(PAGE);
        SaxoToken token = new SaxoToken(false, new KeptSecrets(bank.secrets()), new FreeLease(), bank.authBase(), time);
        SaxoClient client = new SaxoClient(
                bank.restBase(), token, time, new OrderSender(Duration.ofSeconds(2), Duration.ofSeconds(2)));
        this.broker = new SaxoBroker(
                client,
                client.clientKey(),
                bank.secrets().getOrDefault("saxo/account-key", ""),
                ZoneId.of("America/New_York"),
                time);
    }

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

    /** For what only Saxo does. */
    SaxoSimulator bank() {
        return bank;
    }

    @Override
    public Broker broker() {
        return broker;
    }

    @Override
    public VirtualTime time() {
        return time;
    }

    @Override
    public AccountId account() {
        return new AccountId(Mode.SIM, Venue.SAXO, "tester", "USD");
    }

    @Override
    public LocalDate session() {
        return LocalDate.of(2026, 1, 6);
    }

    @Override
    public Validity validity() {
        return new Validity(TUESDAY_MORNING, CLOSE, CLOSE);
    }

    @Override
    public Instant closed() {
        return CLOSE.plusSeconds(1800);
    }

    @Override
    public boolean takesOrdersWhileClosed() {
        return true;
    }

    @Override
    public InstrumentId instrument() {
        return new InstrumentId(Venue.SAXO, APPLE);
    }

    @Override
    public BigDecimal resting(Side side) {
        return price(side == Side.BUY ? "0.8" : "1.2");
    }

    @Override
    public BigDecimal crossing(Side side) {
        return price(side == Side.BUY ? "1.05" : "0.95");
    }

    private BigDecimal price(String share) {
        return bank.lastPrice(APPLE)
                .orElseThrow()
                .multiply(new BigDecimal(share))
                .setScale(2, RoundingMode.DOWN);
    }

    @Override
    public int posts() {
        return bank.placements();
    }

    @Override
    public int taken() {
        return (int) bank.book().stream()
                .filter(order -> !order.reference().isEmpty())
                .count();
    }

    @Override
    public void fill(String brokerId, BigDecimal quantity) {
        bank.trade(brokerId, quantity);
    }

    @Override
    public void rejectNext() {
        bank.refuseNext("OrderRejectedByBroker", "The order was rejected");
    }

    @Override
    public boolean turnAwayNext(Gate why) {
        switch (why) {
            case TOO_MANY_CALLS ->
                wire.answerNext(
                        TRIES,
                        Answer.json(429, "{\"ErrorCode\":\"RateLimitExceeded\"}")
                                .with("Retry-After", "1"));
            case TOKEN -> wire.answerNext(2, Answer.empty(401));
        }
        return true;
    }

    @Override
    public void dropNext() {
        wire.dropNext();
    }

    @Override
    public void loseNextAnswer() {
        wire.loseNext();
    }

    @Override
    public void hangNextAnswer() {
        wire.hangNext();
    }

    @Override
    public void answerUnsureNext() {
        bank.leaveNextOpen();
    }

    @Override
    public void loseNextCancelAnswer() {
        bank.server().loseAnswers(ORDERS + "/", 1);
    }

    @Override
    public void failNext(Reading reading, Failure failure) {
        if (!failures(reading).contains(failure)) {
            throw new IllegalArgumentException(reading + " " + failure);
        }
        String path = "/sim/openapi/"
                + switch (reading) {
                    case ORDERS -> "port/v1/orders";
                    case EXECUTIONS -> "cs/v1/audit/orderactivities";
                    case HOLDINGS -> "port/v1/netpositions";
                    case FUNDS -> "port/v1/balances";
                };
        switch (failure) {
            case DOWN -> bank.server().answerNext(path, TRIES, Answer.empty(503));
            case LOOKS_EMPTY ->
                bank.server()
                        .answerNext(
                                path,
                                1,
                                Answer.json(200, "{\"ErrorCode\":\"OtherError\",\"Message\":\"Something failed\"}"));
            case GARBLED -> bank.server().answerNext(path, 1, Answer.json(200, "{\"Data\":[{\"OrderId\":\"50"));
            case PAGE_TWO -> bank.breakPages(TRIES);
        }
    }

    @Override
    public boolean repeatRows() {
        bank.rowsTwice();
        return true;
    }

    @Override
    public boolean reverseRows() {
        bank.rowsBackwards();
        return true;
    }

    @Override
    public String byHand(Side side, BigDecimal quantity, BigDecimal limit) {
        return bank.orderByHand(APPLE, side == Side.BUY, quantity, Optional.of(limit));
    }

    @Override
    public int rowsOnPage() {
        return PAGE;
    }

    @Override
    public void close() {
        wire.close();
        bank.close();
        try {
            Files.deleteIfExists(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
