package io.haetae.local.krx;

import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.local.http.Answer;
import io.haetae.local.http.JsonBytes;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.http.Request;
import io.haetae.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.time.format.TextStyle;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Exchange's page of closures: a one-time password, then the closed weekdays of a year. A year is published on the first
 * of the December before it. It says what the calendar says, unless it is told to say otherwise.
 */
public final class ClosurePageSimulator implements AutoCloseable {

    private static final String PASSWORD = "/contents/COM/GenerateOTP.jspx";
    private static final String LIST = "/contents/OPN/99/OPN99000001.jspx";
    private static final Pattern YEAR = Pattern.compile("(?:^|&)search_bas_yy=(\\d{4})(?:&|$)");
    private static final Pattern CODE = Pattern.compile("(?:^|&)code=([^&]*)");
    private static final Answer NOTHING = Answer.json(200, "{\"block1\":[]}");

    private final TimeSource time;
    private final TradingCalendar calendar = XkrxCalendar.bundled();
    private final LoopbackServer server;
    private final Map<LocalDate, Boolean> otherwise = new TreeMap<>();
    private final Set<String> passwords = new HashSet<>();
    private int issued;

    /** @throws java.io.UncheckedIOException when the address cannot be bound */
    public ClosurePageSimulator(TimeSource time, InetSocketAddress bind) {
        this.time = time;
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

    /** From now on the page has this weekday closed, or open, whatever the calendar says. */
    public synchronized void say(LocalDate date, boolean closed) {
        otherwise.put(date, closed);
    }

    /** The page says what the calendar says again. */
    public synchronized void agree() {
        otherwise.clear();
    }

    @Override
    public void close() {
        server.close();
    }

    private synchronized Answer answer(Request request) {
        return switch (request.path()) {
            case PASSWORD -> password();
            case LIST -> list(new String(request.body(), StandardCharsets.UTF_8));
            default -> Answer.empty(404);
        };
    }

    private Answer password() {
        String password = "simulated-" + ++issued;
        passwords.add(password);
        byte[] body = password.getBytes(StandardCharsets.US_ASCII);
        return new Answer(200, Map.of("content-type", "text/html; charset=UTF-8"), body, body.length);
    }

    private Answer list(String form) {
        Matcher code = CODE.matcher(form);
        Matcher year = YEAR.matcher(form);
        boolean good = code.find() && passwords.remove(URLDecoder.decode(code.group(1), StandardCharsets.UTF_8));
        if (!good || !year.find()) {
            byte[] body = "<html><body>error</body></html>".getBytes(StandardCharsets.US_ASCII);
            return new Answer(200, Map.of("content-type", "text/html; charset=UTF-8"), body, body.length);
        }
        Year asked = Year.parse(year.group(1));
        return published(asked) ? closures(asked) : NOTHING;
    }

    private boolean published(Year year) {
        boolean known = !year.atDay(1).isBefore(calendar.firstKnown())
                && !year.atDay(year.length()).isAfter(calendar.lastKnown());
        LocalDate from = year.minusYears(1).atMonth(Month.DECEMBER).atDay(1);
        return known && !calendar.dateAt(time.now()).isBefore(from);
    }

    private Answer closures(Year year) {
        JsonBytes json = new JsonBytes(4_096).raw("{\"block1\":[");
        String comma = "";
        for (LocalDate date = year.atDay(1); date.getYear() == year.getValue(); date = date.plusDays(1)) {
            if (isClosed(date)) {
                String day = date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
                json.raw(comma).raw("{\"calnd_dd\":\"" + date + "\",\"dy_tp_cd\":\"");
                json.raw(day.toUpperCase(Locale.ROOT)).raw("\",\"calnd_dd_dy\":\"" + date + "\",\"kr_dy_tp\":");
                json.text(date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.KOREAN));
                json.raw(",\"holdy_nm\":").text("휴장").raw("}");
                comma = ",";
            }
        }
        return Answer.json(200, json.raw("]}").toBytes());
    }

    private boolean isClosed(LocalDate date) {
        boolean weekend = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
        return !weekend && otherwise.getOrDefault(date, !calendar.isSession(date));
    }
}
