package io.haetae.local.kis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.kis.KisKeys;
import io.haetae.kis.KisToken;
import io.haetae.local.http.Answer;
import io.haetae.local.http.JsonBytes;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.http.Request;
import io.haetae.local.market.Moment;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.market.Fundamentals;
import io.haetae.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * KIS's REST interface over a simulated market: tokens, quotes and one cash account.
 *
 * <p>A token lives 24 hours; it is issued at most once a minute, and the same one again for six hours. An app key may make
 * 18 calls within any second of the given clock. What changes state is in the state file before it is answered, so a
 * client that was killed finds its orders again. Orders trade as {@link KisMatching} says, with commission and tax, and are
 * paid for two sessions later; lists come in pages.
 *
 * <p>The paper environment has names of its own for what trades, one call a second, shorter pages, and not every call.
 */
public final class KisSimulator implements AutoCloseable {

    /** The one application key that is accepted. */
    public static final String APP_KEY = "simulated";

    /** The one application secret that is accepted. */
    public static final String APP_SECRET = "simulated";

    /** The account's number and product code. */
    public static final String ACCOUNT = "00000000-01";

    /** Where {@link #movedByHand()} has won. */
    public static final String CASH = "cash";

    private static final String QUOTATIONS = "/uapi/domestic-stock/v1/quotations/";
    private static final String TRADING = "/uapi/domestic-stock/v1/trading/";
    private static final int CALLS_A_SECOND = 18;
    private static final int CALLS_A_SECOND_ON_PAPER = 1;
    /** Without their first letters. */
    private static final Set<String> NOT_ON_PAPER = Set.of("TCA0903R", "TTC0084R", "TTC8408R");

    private static final Duration ISSUE_SPACING = Duration.ofMinutes(1);
    private static final Duration SAME_TOKEN = Duration.ofHours(6);
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);
    private static final long STARTING_CASH = 100_000_000L;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter BASIC = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int DAYS_A_PAGE = 24;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TimeSource time;
    private final SimulatedMarket market;
    private final TradingCalendar calendar = XkrxCalendar.bundled();
    private final Path stateFile;
    private final KisState state;
    private final KisAccount account;
    private final KisReports reports;
    private final KisLists lists = new KisLists();
    private final boolean paper;
    private final LoopbackServer server;
    private final Map<LocalDate, Boolean> otherwise = new TreeMap<>();
    private final Deque<Instant> recent = new ArrayDeque<>();

    private int posts;
    private @Nullable Answer secondPage;

    /**
     * The real environment.
     *
     * @param stateFile read when it exists, else made with the first change
     * @throws java.io.UncheckedIOException when the address cannot be bound or the state cannot be read
     */
    public KisSimulator(TimeSource time, SimulatedMarket market, Path stateFile, InetSocketAddress bind) {
        this(time, market, stateFile, bind, false);
    }

    /**
     * @param stateFile read when it exists, else made with the first change
     * @param paper the paper environment
     * @throws java.io.UncheckedIOException when the address cannot be bound or the state cannot be read
     */
    public KisSimulator(
            TimeSource time, SimulatedMarket market, Path stateFile, InetSocketAddress bind, boolean paper) {
        this.paper = paper;
        this.time = time;
        this.market = market;
        this.stateFile = stateFile;
        this.state = KisState.open(stateFile, STARTING_CASH);
        KisLedger ledger = new KisLedger(market, calendar, state);
        this.account = new KisAccount(market, calendar, state, ledger);
        this.reports = new KisReports(market, calendar, state, ledger, account, lists, paper);
        this.server = new LoopbackServer(bind, time, this::answer);
    }

    public URI base() {
        return server.base();
    }

    public void alsoOn(InetAddress address) {
        server.alsoOn(address);
    }

    /** The server, for faults and counts. */
    public LoopbackServer server() {
        return server;
    }

    /**
     * The newest token as {@code kis/token} keeps it; empty when none is good. A world that was killed between the broker's
     * answer and its own writing takes it again from here, and need not wait a minute to ask for another.
     */
    public synchronized Optional<String> issuedToken() {
        Long ends = state.expiry.get(state.token);
        if (ends == null || !time.now().isBefore(Instant.ofEpochMilli(ends))) {
            return Optional.empty();
        }
        Instant issued = Instant.ofEpochMilli(state.tokenIssuedAt);
        return Optional.of(KisToken.kept(
                base().toString(),
                new KisKeys(APP_KEY, APP_SECRET),
                state.token,
                issued,
                Duration.between(issued, Instant.ofEpochMilli(ends))));
    }

    /** The turn that {@link KisToken} takes before it asks for a token. */
    public String turn() {
        return KisToken.turn(base().toString(), new KisKeys(APP_KEY, APP_SECRET));
    }

    /** Makes every token that was issued invalid, as the broker's weekly maintenance does. */
    public synchronized void forgetTokens() {
        state.expiry.clear();
        state.token = "";
        state.save(stateFile);
    }

    /** From now on {@code chk-holiday} has this date open, or closed, whatever the calendar says. */
    public synchronized void sayOpen(LocalDate date, boolean open) {
        otherwise.put(date, open);
    }

    /** {@code chk-holiday} says what the calendar says again. */
    public synchronized void agree() {
        otherwise.clear();
    }

    /** Orders that were asked for since the start, refused ones too. */
    public synchronized int posts() {
        return posts;
    }

    /** Orders that were taken from a program, by number, with those of all sessions. */
    public synchronized List<String> taken() {
        return state.working.stream()
                .filter(order -> !order.byHand && !order.cancel && order.original.isEmpty())
                .map(order -> order.number)
                .toList();
    }

    /** Rows on a full page of orders. */
    public int ordersOnPage() {
        return reports.ordersOnPage();
    }

    /** The next order is answered so, and not taken. */
    public synchronized void refuseNextOrder(Answer answer) {
        account.refuseNext(answer);
    }

    /** The next page that goes on from another is answered so. */
    public synchronized void answerNextSecondPage(Answer answer) {
        secondPage = answer;
    }

    /** From now on each row of a list comes twice. */
    public synchronized void repeatRows() {
        lists.repeat();
    }

    /** From now on lists are the other way round. */
    public synchronized void reverseRows() {
        lists.reverse();
    }

    /**
     * A person's order, made in the broker's own application and refused by nothing.
     *
     * @param price won; 0 at the market
     * @return its number
     */
    public synchronized String byHand(String symbol, boolean buy, long quantity, long price) {
        String number = account.byHand(symbol, buy, quantity, price, time.now());
        state.save(stateFile);
        return number;
    }

    /** A person cancels what is left of an order in the broker's own application; false when it does not work any more. */
    public synchronized boolean cancelByHand(String number) {
        boolean cancelled = account.cancelByHand(number, time.now());
        state.save(stateFile);
        return cancelled;
    }

    /** What people's orders have moved so far: shares by symbol, and won under {@link #CASH}. */
    public synchronized Map<String, Long> movedByHand() {
        Map<String, Long> moved = new TreeMap<>();
        for (KisState.Working order : state.working) {
            if (order.byHand && order.filled > 0) {
                moved.merge(order.symbol, order.buy ? order.filled : -order.filled, Long::sum);
                moved.merge(CASH, (order.buy ? -order.amount : order.amount) - order.charges, Long::sum);
            }
        }
        return moved;
    }

    /** Won that no working purchase holds. */
    public synchronized long free() {
        return account.free(time.now());
    }

    /** Shares that no working sale offers. */
    public synchronized long sellable(String symbol) {
        return account.sellable(symbol, time.now());
    }

    /** Trades that much of a working order, at its limit, whatever the market does. */
    public synchronized void fill(String number, long quantity) {
        account.fill(number, quantity, time.now());
        state.save(stateFile);
    }

    /** The exchange refuses a working order that the broker had taken. */
    public synchronized void reject(String number) {
        account.reject(number, time.now());
        state.save(stateFile);
    }

    @Override
    public void close() {
        server.close();
    }

    private synchronized Answer answer(Request request) {
        Instant now = time.now();
        return switch (request.path()) {
            case "/oauth2/tokenP" -> issue(request, now);
            case "/oauth2/revokeP" -> revoke(request);
            default -> {
                posts += request.path().equals(TRADING + "order-cash") ? 1 : 0;
                Answer refusal = refusal(request, now);
                yield refusal == null ? serve(request, now) : refusal;
            }
        };
    }

    private Answer issue(Request request, Instant now) {
        JsonNode body = body(request);
        if (!APP_KEY.equals(body.path("appkey").asText())) {
            return oauthError("EGW00103", "유효하지 않은 AppKey입니다.");
        }
        if (!APP_SECRET.equals(body.path("appsecret").asText())) {
            return oauthError("EGW00105", "유효하지 않은 AppSecret입니다.");
        }
        if (state.lastIssue != Long.MIN_VALUE
                && now.isBefore(Instant.ofEpochMilli(state.lastIssue).plus(ISSUE_SPACING))) {
            return oauthError("EGW00133", "접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)");
        }
        state.lastIssue = now.toEpochMilli();
        boolean same = !state.token.isEmpty()
                && now.isBefore(Instant.ofEpochMilli(state.tokenIssuedAt).plus(SAME_TOKEN));
        if (!same) {
            state.tokens++;
            state.token = "simulated-token-" + state.tokens;
            state.tokenIssuedAt = now.toEpochMilli();
            state.expiry.put(state.token, now.plus(TOKEN_LIFE).toEpochMilli());
        }
        state.save(stateFile);
        Instant expires = Instant.ofEpochMilli(state.expiry.getOrDefault(state.token, 0L));
        JsonBytes json = new JsonBytes(256).raw("{\"access_token\":").text(state.token);
        json.raw(",\"access_token_token_expired\":").text(STAMP.format(expires.atZone(calendar.zone())));
        json.raw(",\"token_type\":\"Bearer\",\"expires_in\":");
        json.number(Duration.between(now, expires).toSeconds()).raw("}");
        return Answer.json(200, json.bytes(), json.length());
    }

    private Answer revoke(Request request) {
        String token = body(request).path("token").asText();
        state.expiry.remove(token);
        if (state.token.equals(token)) {
            state.token = "";
        }
        state.save(stateFile);
        return Answer.json(200, "{\"code\":200,\"message\":\"접근토큰 폐기에 성공하였습니다\"}");
    }

    private static JsonNode body(Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (JsonProcessingException _) {
            return JSON.createObjectNode();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Answer oauthError(String code, String message) {
        JsonBytes json = new JsonBytes(128).raw("{\"error_description\":").text(message);
        json.raw(",\"error_code\":").text(code).raw("}");
        return Answer.json(403, json.toBytes());
    }

    /** Why a call is not served; null when it is. */
    private @Nullable Answer refusal(Request request, Instant now) {
        if (!APP_KEY.equals(request.header("appkey"))) {
            return KisLists.refused(500, "1", "EGW00103", "유효하지 않은 AppKey입니다.");
        }
        if (!APP_SECRET.equals(request.header("appsecret"))) {
            return KisLists.refused(500, "1", "EGW00105", "유효하지 않은 AppSecret입니다.");
        }
        String authorization = request.header("authorization");
        String token = authorization != null && authorization.startsWith("Bearer ") ? authorization.substring(7) : "";
        Long expiry = state.expiry.get(token);
        if (expiry == null) {
            return KisLists.refused(500, "1", "EGW00121", "유효하지 않은 token 입니다.");
        }
        if (now.toEpochMilli() >= expiry) {
            return KisLists.refused(500, "1", "EGW00123", "기간이 만료된 token 입니다.");
        }
        while (!recent.isEmpty() && !recent.getFirst().isAfter(now.minusSeconds(1))) {
            recent.removeFirst();
        }
        if (recent.size() >= (paper ? CALLS_A_SECOND_ON_PAPER : CALLS_A_SECOND)) {
            return KisLists.refused(500, "1", "EGW00201", "초당 거래건수를 초과하였습니다.");
        }
        recent.addLast(now);
        return null;
    }

    private Answer serve(Request request, Instant now) {
        String given = request.header("tr_id");
        String transaction = given == null ? "" : given;
        if (transaction.startsWith("F")) {
            return transaction.equals("FHKST01010100") && request.path().equals(QUOTATIONS + "inquire-price")
                    ? price(request, now)
                    : noService();
        }
        if (transaction.startsWith("V") != paper || (paper && NOT_ON_PAPER.contains(rest(transaction)))) {
            return paper
                    ? KisLists.refused(500, "1", "EGW02006", "모의투자 TR 이 아닙니다.")
                    : KisLists.refused(500, "1", "EGW00213", "실전투자 TR 이 아닙니다.");
        }
        if (request.method().equals("POST") && request.header("content-length") == null) {
            return KisLists.refused(500, "1", "EGW00202", "GW라우팅 중 오류가 발생했습니다.");
        }
        Answer instead = secondPage;
        if (instead != null && "N".equals(request.header("tr_cont"))) {
            secondPage = null;
            return instead;
        }
        return saved(trade(request, rest(transaction), now));
    }

    /** The environments' names differ in the first letter. */
    private static String rest(String transaction) {
        return transaction.isEmpty() ? "" : transaction.substring(1);
    }

    private Answer trade(Request request, String transaction, Instant now) {
        String path = request.path();
        if (path.equals(QUOTATIONS + "chk-holiday")) {
            return transaction.equals("TCA0903R") ? openDays(request) : noService();
        }
        return switch (path.startsWith(TRADING) ? path.substring(TRADING.length()) + " " + transaction : "") {
            case "order-cash TTC0012U" -> account.order(body(request), true, now);
            case "order-cash TTC0011U" -> account.order(body(request), false, now);
            case "order-rvsecncl TTC0013U" -> account.change(body(request), now);
            case "inquire-daily-ccld TTC0081R", "inquire-daily-ccld TSC9215R" -> reports.executions(request, now);
            case "inquire-balance TTC8434R" -> reports.balance(request, now);
            case "inquire-psbl-order TTC8908R" -> reports.buyable(request, now);
            case "inquire-psbl-sell TTC8408R" -> reports.sellable(request, now);
            default -> noService();
        };
    }

    /** Nothing is answered before it would survive the broker's own crash. */
    private Answer saved(Answer answer) {
        if (account.changed()) {
            state.save(stateFile);
        }
        return answer;
    }

    private static Answer noService() {
        return KisLists.refused(200, "1", "MCA00124", "해당 서비스를 찾을수 없습니다.");
    }

    private Answer price(Request request, Instant now) {
        if (!request.parameter("FID_COND_MRKT_DIV_CODE").equals("J")) {
            return KisLists.refused(200, "2", "OPSQ2001", "ERROR : INPUT INVALID_CHECK_FID_COND_MRKT_DIV_CODE");
        }
        String symbol = request.parameter("FID_INPUT_ISCD");
        Optional<Moment> found = market.at(now, symbol);
        if (found.isEmpty()) {
            return KisLists.refused(200, "2", "OPSQ2001", "ERROR : INPUT INVALID_CHECK_FID_INPUT_ISCD");
        }
        Moment moment = found.get();
        long change = moment.last() - moment.base();
        long shares = moment.row().shares();
        JsonBytes json = new JsonBytes(1_600).raw("{\"output\":{\"iscd_stat_cls_code\":\"");
        json.raw(moment.halted() ? "58" : "55").raw("\",\"marg_rate\":\"20.00\",\"rprs_mrkt_kor_name\":\"");
        json.raw(moment.row().market().name());
        json.raw("\",\"temp_stop_yn\":\"").raw(moment.halted() ? "Y" : "N");
        field(json, "stck_prpr", moment.last());
        field(json, "prdy_vrss", change);
        field(json, "prdy_vrss_sign", sign(moment, change));
        json.raw("\",\"prdy_ctrt\":\"").hundredths(percent(change, moment.base()));
        field(json, "acml_tr_pbmn", moment.value());
        field(json, "acml_vol", moment.volume());
        field(json, "stck_oprc", moment.open());
        field(json, "stck_hgpr", moment.high());
        field(json, "stck_lwpr", moment.low());
        field(json, "stck_mxpr", moment.upper());
        field(json, "stck_llam", moment.lower());
        field(json, "stck_sdpr", moment.base());
        field(json, "rstc_wdth_prc", moment.upper() - moment.base());
        field(json, "aspr_unit", moment.tick());
        field(json, "hts_deal_qty_unit_val", 1);
        field(json, "lstn_stcn", shares);
        field(json, "hts_avls", moment.last() * shares / 100_000_000);
        figures(json, moment, symbol);
        json.raw("\",\"stck_shrn_iscd\":\"").raw(symbol);
        json.raw("\",\"vi_cls_code\":\"N\",\"invt_caful_yn\":\"N\",\"mrkt_warn_cls_code\":\"00\"");
        json.raw(",\"short_over_yn\":\"N\",\"sltr_yn\":\"N\",\"mang_issu_cls_code\":\"N\"}");
        json.raw(",\"rt_cd\":\"0\",\"msg_cd\":\"MCA00000\",\"msg1\":")
                .text("정상처리 되었습니다!")
                .raw("}");
        return Answer.json(200, json.bytes(), json.length()).with("tr_id", "FHKST01010100");
    }

    /** 24 days from the date asked for. Trading days of other markets are Y throughout: only {@code opnd_yn} says something. */
    private Answer openDays(Request request) {
        LocalDate from;
        try {
            from = LocalDate.parse(request.parameter("BASS_DT"), BASIC);
        } catch (DateTimeException _) {
            return KisLists.refused(200, "2", "OPSQ2001", "ERROR : INPUT INVALID_CHECK_BASS_DT");
        }
        LocalDate next = from.plusDays(DAYS_A_PAGE);
        JsonBytes json =
                new JsonBytes(4_096).raw("{\"ctx_area_nk\":\"" + BASIC.format(next.minusDays(1)) + "            \"");
        json.raw(",\"ctx_area_fk\":\"" + BASIC.format(from) + "            \",\"output\":[");
        for (LocalDate date = from; date.isBefore(next); date = date.plusDays(1)) {
            String open = otherwise.getOrDefault(date, calendar.isSession(date)) ? "Y" : "N";
            json.raw(date.equals(from) ? "" : ",").raw("{\"bass_dt\":\"" + BASIC.format(date));
            json.raw("\",\"wday_dvsn_cd\":\"0" + (date.getDayOfWeek().getValue() % 7 + 1));
            json.raw("\",\"bzdy_yn\":\"")
                    .raw(open)
                    .raw("\",\"tr_day_yn\":\"Y\",\"opnd_yn\":\"")
                    .raw(open);
            json.raw("\",\"sttl_day_yn\":\"").raw(open).raw("\"}");
        }
        json.raw("],\"rt_cd\":\"0\",\"msg_cd\":\"KIOK0500\",\"msg1\":")
                .text("조회가 계속됩니다..다음버튼을 Click 하십시오.   ")
                .raw("}");
        return Answer.json(200, json.bytes(), json.length()).with("tr_id", "CTCA0903R");
    }

    private static void field(JsonBytes json, String name, long value) {
        json.raw("\",\"").raw(name).raw("\":\"").number(value);
    }

    private static long sign(Moment moment, long change) {
        if (moment.last() == moment.upper()) {
            return 1;
        }
        if (moment.last() == moment.lower()) {
            return 4;
        }
        return change > 0 ? 2 : change == 0 ? 3 : 5;
    }

    private static long percent(long change, long base) {
        return base == 0 ? 0 : Math.round(Math.abs(change) * 10_000.0 / base) * Long.signum(change);
    }

    /** Figures as of the last finished session; where there are none the real answer holds zeros. */
    private void figures(JsonBytes json, Moment moment, String symbol) {
        Optional<Fundamentals> known = market.fundamentals(moment.session(), symbol);
        Double eps = known.map(Fundamentals::eps).orElse(null);
        Double bps = known.map(Fundamentals::bps).orElse(null);
        json.raw("\",\"per\":\"").hundredths(ratio(moment.last(), eps));
        json.raw("\",\"pbr\":\"").hundredths(ratio(moment.last(), bps));
        json.raw("\",\"eps\":\"").hundredths(eps == null ? 0 : Math.round(eps * 100));
        json.raw("\",\"bps\":\"").hundredths(bps == null ? 0 : Math.round(bps * 100));
    }

    private static long ratio(long price, @Nullable Double figure) {
        return figure == null || figure == 0 ? 0 : Math.round(price * 100.0 / figure);
    }
}
