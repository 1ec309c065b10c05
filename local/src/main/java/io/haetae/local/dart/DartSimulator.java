package io.haetae.local.dart;

import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.local.http.Answer;
import io.haetae.local.http.JsonBytes;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.http.Request;
import io.haetae.local.market.CompanyAccounts;
import io.haetae.local.market.CompanyReport;
import io.haetae.local.market.CompanyReport.Line;
import io.haetae.local.market.CompanyReport.Lines;
import io.haetae.local.market.CompanyReports;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.market.KrxMarket;
import io.haetae.market.Report;
import io.haetae.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * OpenDART over a simulated market: numbers of companies, the list of filings, and the figures of the newest version of each
 * report. A filing stands in the list from 16:00 of its day; its figures come with it, or for some at 08:00 of the next.
 *
 * <p>A key has 20,000 calls a day. Who asks 1,000 times within a minute is led away to a page of excuses for a day, as the
 * real service does without a word.
 */
public final class DartSimulator implements AutoCloseable {

    /** The one key that is accepted. */
    public static final String API_KEY = "simulated";

    private static final LocalTime LISTED = LocalTime.of(16, 0);
    private static final LocalTime LATE = LocalTime.of(8, 0);
    private static final int QUOTA = 20_000;
    private static final int BURST = 1_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SHUT_OUT = Duration.ofHours(24);
    private static final int MOST_COMPANIES = 100;
    private static final DateTimeFormatter BASIC = DateTimeFormatter.BASIC_ISO_DATE;
    private static final Answer NONE = refusal("013", "조회된 데이타가 없습니다.");

    private record Question(String company, int year, Report report) {}

    private final TimeSource time;
    private final TradingCalendar calendar = XkrxCalendar.bundled();
    private final List<CompanyReport> reports;
    private final Map<Question, List<CompanyReport>> versions = new HashMap<>();
    private final byte[] numbers;
    private final LoopbackServer server;

    private @Nullable LocalDate quotaDay;
    private int asked;
    private final Deque<Instant> lately = new ArrayDeque<>();
    private Instant shutOutUntil = Instant.MIN;

    /** @throws java.io.UncheckedIOException when the address cannot be bound */
    public DartSimulator(TimeSource time, SimulatedMarket market, InetSocketAddress bind) {
        this(time, CompanyReports.of(market, XkrxCalendar.bundled()), numbers(market), bind);
    }

    private DartSimulator(TimeSource time, List<CompanyReport> reports, byte[] numbers, InetSocketAddress bind) {
        this.time = time;
        this.reports = reports;
        for (CompanyReport report : reports) {
            versions.computeIfAbsent(
                            new Question(report.company(), report.periodEnd().getYear(), report.report()),
                            _ -> new ArrayList<>())
                    .add(report);
        }
        this.numbers = numbers;
        this.server = new LoopbackServer(bind, time, this::answer);
    }

    /** The same service by another clock: what it would have said then. */
    public DartSimulator at(TimeSource then) {
        return new DartSimulator(then, reports, numbers, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
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

    /** Every filing there will be, by receipt. */
    public List<CompanyReport> reports() {
        return reports;
    }

    @Override
    public void close() {
        server.close();
    }

    private Answer answer(Request request) {
        if (isShutOut(time.now())) {
            return Answer.empty(302).with("Location", "/error1.html");
        }
        String path = request.path();
        if (!API_KEY.equals(request.parameter("crtfc_key"))) {
            return path.endsWith("corpCode.xml") ? xml("010", "등록되지 않은 키입니다.") : refusal("010", "등록되지 않은 키입니다.");
        }
        if (!withinQuota(calendar.dateAt(time.now()))) {
            return refusal("020", "사용한도를 초과하였습니다.");
        }
        return switch (path) {
            case "/api/corpCode.xml" ->
                new Answer(200, Map.of("Content-Type", "application/zip"), numbers, numbers.length);
            case "/api/list.json" -> list(request);
            case "/api/fnlttMultiAcnt.json" -> many(request);
            case "/api/fnlttSinglAcntAll.json" -> one(request);
            default -> refusal("101", "부적절한 접근입니다.");
        };
    }

    private synchronized boolean isShutOut(Instant now) {
        lately.addLast(now);
        while (Duration.between(lately.getFirst(), now).compareTo(MINUTE) >= 0) {
            lately.removeFirst();
        }
        if (lately.size() > BURST) {
            shutOutUntil = now.plus(SHUT_OUT);
        }
        return now.isBefore(shutOutUntil);
    }

    private synchronized boolean withinQuota(LocalDate day) {
        if (!day.equals(quotaDay)) {
            quotaDay = day;
            asked = 0;
        }
        asked++;
        return asked <= QUOTA;
    }

    private static Answer refusal(String status, String message) {
        return Answer.json(200, "{\"status\":\"%s\",\"message\":\"%s\"}".formatted(status, message));
    }

    private static Answer xml(String status, String message) {
        byte[] body =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><result><status>%s</status><message>%s</message></result>"
                        .formatted(status, message)
                        .getBytes(StandardCharsets.UTF_8);
        return new Answer(200, Map.of("Content-Type", "application/xml;charset=UTF-8"), body, body.length);
    }

    /** Listed companies have a share's code, the others a blank. */
    private static byte[] numbers(SimulatedMarket market) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<result>\n");
        append(xml, "00000011", "비상장일", " ");
        List<CompanyAccounts> companies = market.companies();
        for (int i = 0; i < companies.size(); i++) {
            append(
                    xml,
                    CompanyReports.number(i),
                    companies.get(i).share().name(),
                    companies.get(i).share().symbol());
        }
        append(xml, "99999991", "비상장이", " ");
        xml.append("</result>\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("CORPCODE.xml");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(xml.toString().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void append(StringBuilder xml, String number, String name, String symbol) {
        xml.append("<list><corp_code>")
                .append(number)
                .append("</corp_code><corp_name>")
                .append(name)
                .append("</corp_name><corp_eng_name>Simulated</corp_eng_name><stock_code>")
                .append(symbol)
                .append("</stock_code><modify_date>20240102</modify_date></list>\n");
    }

    private Answer list(Request request) {
        Optional<LocalDate> from = date(request.parameter("bgn_de"));
        Optional<LocalDate> to = date(request.parameter("end_de"));
        if (from.isEmpty() || to.isEmpty() || to.get().isAfter(from.get().plusMonths(3))) {
            return refusal("100", "필드의 부적절한 값입니다.");
        }
        int size = number(request.parameter("page_count"), 10, 100);
        int page = number(request.parameter("page_no"), 1, Integer.MAX_VALUE);
        Instant now = time.now();
        List<CompanyReport> found = reports.stream()
                .filter(report -> !report.received().isBefore(from.get())
                        && !report.received().isAfter(to.get())
                        && !listed(report).isAfter(now))
                .toList();
        if (found.isEmpty()) {
            return NONE;
        }
        int pages = (found.size() + size - 1) / size;
        List<CompanyReport> shown =
                found.subList(Math.min(found.size(), (page - 1) * size), Math.min(found.size(), page * size));
        JsonBytes json = new JsonBytes(128 + shown.size() * 320)
                .raw("{\"status\":\"000\",\"message\":\"")
                .raw("OK\",\"page_no\":")
                .number(page)
                .raw(",\"page_count\":")
                .number(size)
                .raw(",\"total_count\":")
                .number(found.size())
                .raw(",\"total_page\":")
                .number(pages)
                .raw(",\"list\":[");
        boolean first = true;
        for (CompanyReport report : shown) {
            json.raw(first ? "{\"corp_code\":\"" : ",{\"corp_code\":\"").raw(report.company());
            json.raw("\",\"corp_name\":").text(report.share().name());
            json.raw(",\"stock_code\":\"").raw(report.share().symbol());
            json.raw("\",\"corp_cls\":\"").raw(report.share().market() == KrxMarket.KOSPI ? "Y" : "K");
            json.raw("\",\"report_nm\":").text(title(report));
            json.raw(",\"rcept_no\":\"").raw(report.receipt());
            json.raw("\",\"flr_nm\":").text(report.share().name());
            json.raw(",\"rcept_dt\":\"").raw(BASIC.format(report.received()));
            json.raw("\",\"rm\":\"\"}");
            first = false;
        }
        json.raw("]}");
        return Answer.json(200, json.bytes(), json.length());
    }

    private static String title(CompanyReport report) {
        String name =
                switch (report.report()) {
                    case ANNUAL -> "사업보고서";
                    case HALF -> "반기보고서";
                    case FIRST_QUARTER, THIRD_QUARTER -> "분기보고서";
                };
        return String.format(
                Locale.ROOT,
                "%s%s (%04d.%02d)",
                report.correction() ? "[기재정정]" : "",
                name,
                report.periodEnd().getYear(),
                report.periodEnd().getMonthValue());
    }

    private Instant listed(CompanyReport report) {
        return report.received().atTime(LISTED).atZone(calendar.zone()).toInstant();
    }

    private Instant readable(CompanyReport report) {
        return report.late()
                ? report.received()
                        .plusDays(1)
                        .atTime(LATE)
                        .atZone(calendar.zone())
                        .toInstant()
                : listed(report);
    }

    /** The newest version whose figures can be read: what came before it cannot be had any more. */
    private Optional<CompanyReport> newest(String company, int year, Report report) {
        Instant now = time.now();
        return versions.getOrDefault(new Question(company, year, report), List.of()).stream()
                .filter(version -> !readable(version).isAfter(now))
                .reduce((_, later) -> later);
    }

    private Answer many(Request request) {
        List<String> companies = Arrays.asList(request.parameter("corp_code").split(",", -1));
        Optional<Report> report = Report.ofCode(request.parameter("reprt_code"));
        int year = number(request.parameter("bsns_year"), 0, 9_999);
        if (companies.size() > MOST_COMPANIES) {
            return refusal("021", "조회 가능한 회사 개수가 초과하였습니다.(최대 100건)");
        }
        if (report.isEmpty() || year < 2015) {
            return refusal("100", "필드의 부적절한 값입니다.");
        }
        JsonBytes json =
                new JsonBytes(companies.size() * 8_000).raw("{\"status\":\"000\",\"message\":\"OK\",\"list\":[");
        boolean any = false;
        for (String company : companies) {
            Optional<CompanyReport> version = newest(company, year, report.get());
            if (version.isPresent()) {
                Rows rows = new Rows(json, version.get(), any);
                Lines group = version.get().group();
                if (group != null) {
                    rows.brief(group, "CFS");
                }
                rows.brief(version.get().alone(), "OFS");
                any = true;
            }
        }
        json.raw("]}");
        return any ? Answer.json(200, json.bytes(), json.length()) : NONE;
    }

    private Answer one(Request request) {
        Optional<Report> report = Report.ofCode(request.parameter("reprt_code"));
        int year = number(request.parameter("bsns_year"), 0, 9_999);
        String basis = request.parameter("fs_div");
        if (report.isEmpty() || year < 2015 || !basis.equals("CFS") && !basis.equals("OFS")) {
            return refusal("100", "필드의 부적절한 값입니다.");
        }
        Optional<CompanyReport> version = newest(request.parameter("corp_code"), year, report.get());
        Lines lines = version.isEmpty()
                ? null
                : basis.equals("CFS") ? version.get().group() : version.get().alone();
        if (lines == null) {
            return NONE;
        }
        JsonBytes json = new JsonBytes(8_000).raw("{\"status\":\"000\",\"message\":\"OK\",\"list\":[");
        new Rows(json, version.orElseThrow(), false).full(lines);
        json.raw("]}");
        return Answer.json(200, json.bytes(), json.length());
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text, BASIC));
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(String text, int otherwise, int most) {
        try {
            return text.isEmpty() ? otherwise : Math.clamp(Integer.parseInt(text), 1, most);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Writes the lines of one filing. */
    private static final class Rows {

        private final JsonBytes json;
        private final CompanyReport filing;
        private boolean any;

        Rows(JsonBytes json, CompanyReport filing, boolean any) {
            this.json = json;
            this.filing = filing;
            this.any = any;
        }

        /** The main accounts: amounts with commas, no numbers of accounts. */
        void brief(Lines lines, String basis) {
            YearMonth end = filing.periodEnd();
            String day = "%04d.%02d.%02d".formatted(end.getYear(), end.getMonthValue(), end.lengthOfMonth());
            balance(lines.currentAssets(), "유동자산", basis, day);
            balance(lines.assets(), "자산총계", basis, day);
            balance(lines.currentLiabilities(), "유동부채", basis, day);
            balance(lines.liabilities(), "부채총계", basis, day);
            balance(lines.equity(), "자본총계", basis, day);
            for (Line line : lines.income()) {
                if (line.kind() == Line.Kind.REVENUE && filing.unnamed()) {
                    continue;
                }
                head(basis, "IS").raw("\",\"account_nm\":").text(name(line.kind()));
                amounts(line, true);
                tail();
            }
        }

        private void balance(@Nullable Long amount, String name, String basis, String day) {
            if (amount == null) {
                return;
            }
            head(basis, "BS").raw("\",\"account_nm\":").text(name);
            json.raw(",\"thstrm_dt\":").text(day + " 현재");
            amount("thstrm_amount", amount, true);
            tail();
        }

        /** Every line, with its number where the company uses a standard one, and amounts without commas. */
        void full(Lines lines) {
            numbered("BS", "ifrs-full_Assets", "자산총계", lines.assets());
            if (lines.currentAssets() != null && lines.currentLiabilities() != null) {
                numbered("BS", "ifrs-full_CurrentAssets", "유동자산", lines.currentAssets());
                numbered("BS", "ifrs-full_CurrentLiabilities", "유동부채", lines.currentLiabilities());
            }
            numbered("BS", "ifrs-full_Liabilities", "부채총계", lines.liabilities());
            numbered("BS", "ifrs-full_Equity", "자본총계", lines.equity());
            for (Line line : lines.income()) {
                boolean own = line.kind() == Line.Kind.REVENUE && filing.unnamed();
                head("", "CIS").raw("\",\"account_id\":").text(own ? "-표준계정코드 미사용-" : id(line.kind()));
                json.raw(",\"account_nm\":").text(own ? "영업수익" : name(line.kind()));
                json.raw(",\"account_detail\":\"-\"");
                amounts(line, false);
                tail();
            }
        }

        private void numbered(String sheet, String id, String name, long amount) {
            head("", sheet)
                    .raw("\",\"account_id\":\"")
                    .raw(id)
                    .raw("\",\"account_nm\":")
                    .text(name);
            json.raw(",\"account_detail\":\"-\"");
            amount("thstrm_amount", amount, false);
            tail();
        }

        private JsonBytes head(String basis, String sheet) {
            json.raw(any ? ",{\"rcept_no\":\"" : "{\"rcept_no\":\"").raw(filing.receipt());
            any = true;
            json.raw("\",\"reprt_code\":\"").raw(filing.report().code());
            json.raw("\",\"bsns_year\":\"").number(filing.periodEnd().getYear());
            json.raw("\",\"corp_code\":\"").raw(filing.company());
            if (!basis.isEmpty()) {
                json.raw("\",\"stock_code\":\"").raw(filing.share().symbol());
                json.raw("\",\"fs_div\":\"").raw(basis);
            }
            return json.raw("\",\"sj_div\":\"").raw(sheet);
        }

        private void amounts(Line line, boolean commas) {
            if (filing.report() == Report.ANNUAL) {
                amount("thstrm_amount", line.toDate(), commas);
                json.raw(",\"thstrm_add_amount\":\"\"");
                amount("frmtrm_amount", line.toDateBefore(), commas);
            } else {
                amount("thstrm_amount", line.months(), commas);
                amount("thstrm_add_amount", line.toDate(), commas);
                amount(commas ? "frmtrm_amount" : "frmtrm_q_amount", line.monthsBefore(), commas);
                amount("frmtrm_add_amount", line.toDateBefore(), commas);
            }
        }

        private void amount(String field, long amount, boolean commas) {
            json.raw(",\"")
                    .raw(field)
                    .raw("\":\"")
                    .raw(commas ? grouped(amount) : Long.toString(amount))
                    .raw("\"");
        }

        private void tail() {
            json.raw(",\"thstrm_nm\":").text("제 " + filing.term() + " 기").raw(",\"ord\":\"1\",\"currency\":\"KRW\"}");
        }

        private static String grouped(long amount) {
            StringBuilder text = new StringBuilder(Long.toString(Math.abs(amount)));
            for (int at = text.length() - 3; at > 0; at -= 3) {
                text.insert(at, ',');
            }
            return amount < 0 ? "-" + text : text.toString();
        }

        private static String name(Line.Kind kind) {
            return switch (kind) {
                case REVENUE -> "매출액";
                case OPERATING_PROFIT -> "영업이익";
                case NET_PROFIT -> "당기순이익(손실)";
            };
        }

        private static String id(Line.Kind kind) {
            return switch (kind) {
                case REVENUE -> "ifrs-full_Revenue";
                case OPERATING_PROFIT -> "dart_OperatingIncomeLoss";
                case NET_PROFIT -> "ifrs-full_ProfitLoss";
            };
        }
    }
}
