package io.haetae.local.krx;

import io.haetae.calendar.CalendarRangeException;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.local.http.Answer;
import io.haetae.local.http.JsonBytes;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.http.Request;
import io.haetae.local.market.Listing;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import io.haetae.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The Exchange's Open API over a simulated market.
 *
 * <p>A session's rows can be read from 08:00 in Seoul on the next business day; until then, and for days without a
 * session, the answer is an empty list, as the real service answers. Requests count against a day's quota of 10,000,
 * beyond which they are refused.
 */
public final class KrxSimulator implements AutoCloseable {

    /** The one key that is accepted. */
    public static final String AUTH_KEY = "simulated";

    private static final String ROOT = "/svc/apis/";
    private static final LocalTime PUBLICATION = LocalTime.of(8, 0);
    private static final DateTimeFormatter BASIC = DateTimeFormatter.BASIC_ISO_DATE;
    private static final Answer EMPTY = Answer.json(200, "{\"OutBlock_1\":[]}");

    private final TimeSource time;
    private final SimulatedMarket market;
    private final TradingCalendar calendar = XkrxCalendar.bundled();
    private final LoopbackServer server;
    private final Map<String, Listing> listings = new HashMap<>();

    private final Set<String> unapproved = ConcurrentHashMap.newKeySet();

    private @Nullable LocalDate quotaDay;
    private int quota = 10_000;
    private int asked;

    /** @throws java.io.UncheckedIOException when the address cannot be bound */
    public KrxSimulator(TimeSource time, SimulatedMarket market, InetSocketAddress bind) {
        this.time = time;
        this.market = market;
        market.listings().forEach(listing -> listings.put(listing.symbol(), listing));
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

    /** Requests of the current day in Seoul. */
    public synchronized int quotaUsed() {
        return asked;
    }

    /** From now on a day has this many calls. */
    public synchronized void allow(int callsADay) {
        quota = callsADay;
    }

    /** The key loses its approval for one API, such as {@code stk_isu_base_info}, or never had one. */
    public void disapprove(String api) {
        unapproved.add(api);
    }

    @Override
    public void close() {
        server.close();
    }

    private Answer answer(Request request) {
        if (!AUTH_KEY.equals(request.header("AUTH_KEY"))) {
            return error(401, "Unauthorized Key");
        }
        Instant now = time.now();
        if (!withinQuota(calendar.dateAt(now))) {
            return error(429, "Request limit of the day exceeded");
        }
        String path = request.path().endsWith(".json")
                ? request.path().substring(0, request.path().length() - ".json".length())
                : request.path();
        String api = path.startsWith(ROOT) ? path.substring(ROOT.length()) : "";
        if (unapproved.contains(api.substring(api.indexOf('/') + 1))) {
            return error(401, "Unauthorized API Call");
        }
        Optional<LocalDate> date = date(request.parameter("basDd"));
        boolean published = date.isPresent() && published(date.get(), now);
        return switch (api) {
            case "sto/stk_bydd_trd" -> published ? trades(date.orElseThrow(), KrxMarket.KOSPI) : EMPTY;
            case "sto/ksq_bydd_trd" -> published ? trades(date.orElseThrow(), KrxMarket.KOSDAQ) : EMPTY;
            case "sto/knx_bydd_trd" -> published ? trades(date.orElseThrow(), KrxMarket.KONEX) : EMPTY;
            case "sto/stk_isu_base_info" -> published ? shares(date.orElseThrow(), KrxMarket.KOSPI) : EMPTY;
            case "sto/ksq_isu_base_info" -> published ? shares(date.orElseThrow(), KrxMarket.KOSDAQ) : EMPTY;
            case "sto/knx_isu_base_info" -> published ? shares(date.orElseThrow(), KrxMarket.KONEX) : EMPTY;
            case "idx/kospi_dd_trd" -> published ? index(date.orElseThrow(), KrxMarket.KOSPI, "코스피") : EMPTY;
            case "idx/kosdaq_dd_trd" -> published ? index(date.orElseThrow(), KrxMarket.KOSDAQ, "코스닥") : EMPTY;
            default -> error(404, "[" + path.substring(1) + "] API referenced by the path does not exist.");
        };
    }

    private synchronized boolean withinQuota(LocalDate day) {
        if (!day.equals(quotaDay)) {
            quotaDay = day;
            asked = 0;
        }
        asked++;
        return asked <= quota;
    }

    private static Answer error(int status, String message) {
        return Answer.json(
                status,
                new JsonBytes(128)
                        .raw("{\"respMsg\":")
                        .text(message)
                        .raw(",\"respCode\":\"" + status + "\"}")
                        .toBytes());
    }

    private static Optional<LocalDate> date(String basDd) {
        try {
            return Optional.of(LocalDate.parse(basDd, BASIC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private boolean published(LocalDate date, Instant now) {
        if (!calendar.isSession(date)) {
            return false;
        }
        try {
            LocalDate next = calendar.next(date).date();
            return !now.isBefore(
                    next.atTime(PUBLICATION).atZone(calendar.zone()).toInstant());
        } catch (CalendarRangeException _) {
            // The session after the last one of the calendar is not known, so neither is when this one is published.
            return false;
        }
    }

    private Answer trades(LocalDate date, KrxMarket of) {
        List<DailyRow> rows = market.rows(date, of);
        String head = "{\"BAS_DD\":\"" + BASIC.format(date) + "\",\"ISU_CD\":\"";
        JsonBytes json = new JsonBytes(64 + rows.size() * 352).raw("{\"OutBlock_1\":[");
        boolean first = true;
        for (DailyRow row : rows) {
            json.raw(first ? "" : ",").raw(head).raw(row.symbol());
            json.raw("\",\"ISU_NM\":").text(row.name());
            json.raw(",\"MKT_NM\":\"").raw(of.name());
            json.raw("\",\"SECT_TP_NM\":\"\",\"TDD_CLSPRC\":\"").number(row.close());
            json.raw("\",\"CMPPREVDD_PRC\":\"").number(row.change());
            json.raw("\",\"FLUC_RT\":\"").hundredths(percent(row.change(), row.base()));
            json.raw("\",\"TDD_OPNPRC\":\"").number(row.open());
            json.raw("\",\"TDD_HGPRC\":\"").number(row.high());
            json.raw("\",\"TDD_LWPRC\":\"").number(row.low());
            json.raw("\",\"ACC_TRDVOL\":\"").number(row.volume());
            json.raw("\",\"ACC_TRDVAL\":\"").number(row.value());
            json.raw("\",\"MKTCAP\":\"").number(row.close() * row.shares());
            json.raw("\",\"LIST_SHRS\":\"").number(row.shares()).raw("\"}");
            first = false;
        }
        json.raw("]}");
        return Answer.json(200, json.bytes(), json.length());
    }

    /** In hundredths of a percent, rounded half away from zero. */
    private static long percent(long change, long base) {
        return base == 0 ? 0 : Math.round(Math.abs(change) * 10_000.0 / base) * Long.signum(change);
    }

    private Answer shares(LocalDate date, KrxMarket of) {
        List<DailyRow> rows = market.rows(date, of);
        JsonBytes json = new JsonBytes(64 + rows.size() * 400).raw("{\"OutBlock_1\":[");
        boolean first = true;
        for (DailyRow row : rows) {
            Listing listing = listings.get(row.symbol());
            boolean preferred =
                    !Character.isDigit(row.symbol().charAt(5)) || row.symbol().charAt(5) != '0';
            json.raw(first ? "" : ",").raw("{\"ISU_CD\":\"").raw(isin(row.symbol()));
            json.raw("\",\"ISU_SRT_CD\":\"").raw(row.symbol());
            json.raw("\",\"ISU_NM\":").text(row.name() + (preferred ? "" : "보통주"));
            json.raw(",\"ISU_ABBRV\":").text(row.name());
            json.raw(",\"ISU_ENG_NM\":\"").raw(row.symbol());
            json.raw("\",\"LIST_DD\":\"").raw(listing == null ? "" : BASIC.format(listing.listed()));
            json.raw("\",\"MKT_TP_NM\":\"").raw(of.name());
            json.raw("\",\"SECUGRP_NM\":").text("주권");
            json.raw(",\"SECT_TP_NM\":").text(of == KrxMarket.KOSDAQ ? "중견기업부" : "-");
            json.raw(",\"KIND_STKCERT_TP_NM\":").text(preferred ? "구형우선주" : "보통주");
            json.raw(",\"PARVAL\":").text(row.symbol().startsWith("9", 4) ? "무액면" : "500");
            json.raw(",\"LIST_SHRS\":\"").number(row.shares()).raw("\"}");
            first = false;
        }
        json.raw("]}");
        return Answer.json(200, json.bytes(), json.length());
    }

    /** {@code KR7}, the code, {@code 00} and the check digit of ISO 6166. */
    static String isin(String symbol) {
        String body = "KR7" + symbol + "00";
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < body.length(); i++) {
            digits.append(Character.getNumericValue(body.charAt(i)));
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit * 2 : digit;
            sum += doubled / 10 + doubled % 10;
        }
        return body + (10 - sum % 10) % 10;
    }

    /**
     * An index that stood at 2,500 on the market's first session and follows the summed capital, changes of base price
     * and of the number of shares left out. The first row has no prices, as in the real answer.
     */
    private Answer index(LocalDate date, KrxMarket of, String name) {
        Level level = level(date, of);
        JsonBytes json = new JsonBytes(1_024).raw("{\"OutBlock_1\":[");
        String head = "{\"BAS_DD\":\"" + BASIC.format(date) + "\",\"IDX_CLSS\":\"" + of.name() + "\",\"IDX_NM\":";
        json.raw(head).text(name + " (외국주포함)");
        json.raw(
                ",\"CLSPRC_IDX\":\"-\",\"CMPPREVDD_IDX\":\"-\",\"FLUC_RT\":\"-\",\"OPNPRC_IDX\":\"-\",\"HGPRC_IDX\":\"-\"");
        json.raw(",\"LWPRC_IDX\":\"-\"");
        totals(json, level);
        json.raw(",").raw(head).text(name);
        json.raw(",\"CLSPRC_IDX\":\"").hundredths(level.close);
        json.raw("\",\"CMPPREVDD_IDX\":\"").hundredths(level.close - level.base);
        json.raw("\",\"FLUC_RT\":\"").hundredths(percent(level.close - level.base, level.base));
        json.raw("\",\"OPNPRC_IDX\":\"").hundredths(level.open);
        json.raw("\",\"HGPRC_IDX\":\"").hundredths(level.high);
        json.raw("\",\"LWPRC_IDX\":\"").hundredths(level.low).raw("\"");
        totals(json, level);
        json.raw("]}");
        return Answer.json(200, json.bytes(), json.length());
    }

    private static void totals(JsonBytes json, Level level) {
        json.raw(",\"ACC_TRDVOL\":\"").number(level.volume);
        json.raw("\",\"ACC_TRDVAL\":\"").number(level.value);
        json.raw("\",\"MKTCAP\":\"").number(level.capital).raw("\"}");
    }

    /** Hundredths of an index point. */
    private record Level(
            long base, long open, long high, long low, long close, long volume, long value, long capital) {}

    private final Map<KrxMarket, Map<LocalDate, Level>> levels = new HashMap<>();

    private synchronized Level level(LocalDate date, KrxMarket of) {
        Map<LocalDate, Level> known = levels.computeIfAbsent(of, _ -> new HashMap<>());
        long close = 250_000;
        LocalDate anchor = market.anchorSession();
        if (date.isBefore(anchor)) {
            return follow(close, market.rows(date, of));
        }
        for (LocalDate session : market.sessions()) {
            if (session.isAfter(date)) {
                break;
            }
            if (session.isBefore(anchor)) {
                continue;
            }
            Level level = known.get(session);
            if (level == null) {
                level = follow(close, market.rows(session, of));
                known.put(session, level);
            }
            close = level.close;
        }
        return known.getOrDefault(date, new Level(close, close, close, close, close, 0, 0, 0));
    }

    private static Level follow(long base, List<DailyRow> rows) {
        double before = 0;
        double open = 0;
        double now = 0;
        long volume = 0;
        long value = 0;
        long capital = 0;
        for (DailyRow row : rows) {
            double weight = Math.max(row.shares(), 1);
            before += row.base() * weight;
            open += (row.traded() ? row.open() : row.close()) * weight;
            now += row.close() * weight;
            volume += row.volume();
            value += row.value();
            capital += row.close() * row.shares();
        }
        if (before == 0) {
            return new Level(base, base, base, base, base, volume, value, capital);
        }
        long opened = Math.round(base * open / before);
        long closed = Math.round(base * now / before);
        return new Level(
                base, opened, Math.max(opened, closed), Math.min(opened, closed), closed, volume, value, capital);
    }

    /** When the rows of a session can be read; for those who drive the clock. */
    public Instant publication(LocalDate session) {
        return calendar.next(session)
                .date()
                .atTime(PUBLICATION)
                .atZone(calendar.zone())
                .toInstant()
                .truncatedTo(ChronoUnit.SECONDS);
    }
}
