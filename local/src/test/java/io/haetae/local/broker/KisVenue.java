package io.haetae.local.broker;

import io.haetae.calendar.Session;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.KeptSecrets;
import io.haetae.config.Secrets;
import io.haetae.http.OrderSender;
import io.haetae.kis.KisAccountNumber;
import io.haetae.kis.KisBroker;
import io.haetae.kis.KisClient;
import io.haetae.kis.KisKeys;
import io.haetae.kis.KisRateLimiter;
import io.haetae.kis.KisToken;
import io.haetae.local.http.Answer;
import io.haetae.local.kis.KisSimulator;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.market.Moment;
import io.haetae.market.DailyRow;
import io.haetae.market.InstrumentId;
import io.haetae.market.KrxCosts;
import io.haetae.market.KrxMarket;
import io.haetae.market.KrxTradeRules;
import io.haetae.market.Venue;
import io.haetae.order.Side;
import io.haetae.order.Validity;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.store.MemoryStore;
import io.haetae.store.SecretLeases;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** The simulated Korean broker, in its real or its paper environment, on a share that trades a lot. */
final class KisVenue implements VenueUnderTest {

    private static final GeneratedMarket MARKET = new GeneratedMarket(5);
    private static final LocalDate SESSION = GeneratedMarket.DEFAULT_DAY;
    private static final Session HOURS = XkrxCalendar.bundled().session(SESSION).orElseThrow();
    private static final String TRADING = "/uapi/domestic-stock/v1/trading/";
    private static final String ORDER = TRADING + "order-cash";

    /** Longer than any answer on this machine takes, and short enough to be waited for. */
    private static final Duration CALL = Duration.ofMillis(1_500);

    /** A client tries a read that may succeed later three times, and so often it sends an order that is too many. */
    private static final int TRIES = 3;

    private final VirtualTime time = new VirtualTime(HOURS.open().plusSeconds(5_400));
    private final KisSimulator kis;
    private final KisBroker broker;
    private final AccountId account;
    private final DailyRow share;

    /** @param folder for the broker's state, empty */
    KisVenue(boolean paper, Path folder) {
        kis = new KisSimulator(
                time,
                MARKET,
                folder.resolve("kis.json"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                paper);
        account = new AccountId(paper ? Mode.SIM : Mode.LIVE, Venue.KIS, "someone", "KRW");
        share = MARKET.rows(SESSION, KrxMarket.KOSPI).stream()
                .filter(row -> row.volume() > 2_000_000 && row.close() < 50_000)
                .findFirst()
                .orElseThrow();
        Secrets keys = new KeptSecrets(Map.of(
                KisKeys.APP_KEY, KisSimulator.APP_KEY,
                KisKeys.APP_SECRET, KisSimulator.APP_SECRET,
                KisAccountNumber.SECRET, KisSimulator.ACCOUNT));
        KisKeys known = KisKeys.in(keys).orElseThrow();
        String base = kis.base().toString();
        KisToken token = new KisToken(
                KisClient.http(), base, known, keys, new SecretLeases(new MemoryStore(), time, () -> "one"), time);
        KisRateLimiter limiter = new KisRateLimiter(time, paper ? BigDecimal.ONE : BigDecimal.TEN);
        broker = new KisBroker(
                new KisClient(KisClient.http(), base, known, token, limiter, time),
                KisAccountNumber.in(keys).orElseThrow(),
                paper,
                XkrxCalendar.bundled(),
                new KrxTradeRules(new KrxCosts(XkrxCalendar.bundled()), _ -> Optional.of(share.market())),
                new OrderSender(CALL, CALL),
                time);
    }

    @Override
    public KisBroker broker() {
        return broker;
    }

    @Override
    public VirtualTime time() {
        return time;
    }

    @Override
    public AccountId account() {
        return account;
    }

    @Override
    public LocalDate session() {
        return SESSION;
    }

    @Override
    public Validity validity() {
        return new Validity(HOURS.open(), HOURS.close(), HOURS.close());
    }

    @Override
    public Instant closed() {
        return HOURS.close().plusSeconds(1);
    }

    @Override
    public boolean takesOrdersWhileClosed() {
        return false;
    }

    @Override
    public InstrumentId instrument() {
        return new InstrumentId(Venue.KIS, share.symbol());
    }

    /** The day's limits: the share does not come near them. */
    @Override
    public BigDecimal resting(Side side) {
        return BigDecimal.valueOf(side == Side.BUY ? moment().lower() : moment().upper());
    }

    @Override
    public BigDecimal crossing(Side side) {
        return resting(side == Side.BUY ? Side.SELL : Side.BUY);
    }

    private Moment moment() {
        return MARKET.at(time.now(), share.symbol()).orElseThrow();
    }

    @Override
    public int posts() {
        return kis.posts();
    }

    @Override
    public int taken() {
        return kis.taken().size();
    }

    @Override
    public void fill(String brokerId, BigDecimal quantity) {
        kis.fill(brokerId.substring(brokerId.indexOf('-') + 1), quantity.longValueExact());
    }

    @Override
    public void rejectNext() {
        kis.refuseNextOrder(Answer.json(200, refusal("APBK0918", "거래할 수 없는 종목입니다.")));
    }

    private static String refusal(String code, String said) {
        return "{\"rt_cd\":\"1\",\"msg_cd\":\"%s\",\"msg1\":\"%s\",\"output1\":[],\"output2\":[]}"
                .formatted(code, said);
    }

    @Override
    public boolean turnAwayNext(Gate why) {
        switch (why) {
            case TOO_MANY_CALLS ->
                kis.server().answerNext(ORDER, TRIES, Answer.json(500, refusal("EGW00201", "초당 거래건수를 초과하였습니다.")));
            case TOKEN ->
                kis.server().answerNext(ORDER, 2, Answer.json(500, refusal("EGW00121", "유효하지 않은 token 입니다.")));
        }
        return true;
    }

    @Override
    public void dropNext() {
        kis.server().dropNext(ORDER, 1);
    }

    @Override
    public void loseNextAnswer() {
        kis.server().loseAnswers(ORDER, 1);
    }

    @Override
    public void hangNextAnswer() {
        kis.server().hangNext(ORDER, 1);
    }

    @Override
    public void answerUnsureNext() {
        kis.server()
                .answerInstead(ORDER, 1, Answer.json(500, refusal("EGW00301", "연결 시간이 초과되었습니다. 직전 거래를 반드시 확인하세요.")));
    }

    @Override
    public void loseNextCancelAnswer() {
        kis.server().loseAnswers(TRADING + "order-rvsecncl", 1);
    }

    @Override
    public void failNext(Reading reading, Failure failure) {
        if (!failures(reading).contains(failure)) {
            throw new IllegalArgumentException(reading + " " + failure);
        }
        String path = TRADING
                + switch (reading) {
                    case ORDERS, EXECUTIONS -> "inquire-daily-ccld";
                    case HOLDINGS -> "inquire-balance";
                    case FUNDS -> "inquire-psbl-order";
                };
        Answer failed = Answer.json(200, refusal("APBK0000", "조회 중 오류가 발생했습니다."));
        switch (failure) {
            case DOWN -> kis.server().answerNext(path, TRIES, Answer.json(503, "<html>busy</html>"));
            case LOOKS_EMPTY -> kis.server().answerNext(path, 1, failed);
            case GARBLED -> kis.server().answerNext(path, 1, Answer.json(200, "{\"rt_cd\":\"0\",\"output1\":[{\"pd"));
            case PAGE_TWO -> kis.answerNextSecondPage(failed);
        }
    }

    @Override
    public boolean repeatRows() {
        kis.repeatRows();
        return true;
    }

    @Override
    public boolean reverseRows() {
        kis.reverseRows();
        return true;
    }

    @Override
    public String byHand(Side side, BigDecimal quantity, BigDecimal limit) {
        String number = kis.byHand(share.symbol(), side == Side.BUY, quantity.longValueExact(), limit.longValueExact());
        return SESSION.toString().replace("-", "") + "-" + number;
    }

    @Override
    public int rowsOnPage() {
        return kis.ordersOnPage();
    }

    @Override
    public void close() {
        kis.close();
    }
}
