package io.haetae.dart;

import io.haetae.dart.DartException.Kind;
import io.haetae.market.Report;
import io.haetae.time.TimeSource;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import okhttp3.CipherSuite;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Reads OpenDART, the disclosure service of the Financial Supervisory Service: who filed what when, and the figures of the
 * newest version of each report. Calls are spaced out and counted, for a key has 20,000 a day, and an address that asks too
 * fast is shut out for hours without a word.
 */
public final class DartClient {

    private static final System.Logger LOG = System.getLogger(DartClient.class.getName());

    /** Calls of ours a day: under the service's 20,000, which other programs of the key's owner share. */
    public static final int CALLS_A_DAY = 18_000;

    /** Companies in one question: 100 are allowed, but large answers were cut off. */
    static final int COMPANIES_A_CALL = 50;

    private static final Duration SPACING = Duration.ofMillis(250);
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final int PAGE_ROWS = 100;
    private static final int MAX_PAGES = 1_000;
    private static final long MAX_BYTES = 512L * 1024 * 1024;

    /**
     * The service knows neither elliptic curves nor anything newer than TLS 1.2, and this Java has no plain RSA key exchange
     * any more, so a finite-field exchange is what is left.
     */
    static final ConnectionSpec TLS = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
            .cipherSuites(Stream.concat(
                            Stream.of(
                                    CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
                                    CipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,
                                    CipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA256),
                            Objects.requireNonNull(ConnectionSpec.MODERN_TLS.cipherSuites()).stream())
                    .toArray(CipherSuite[]::new))
            .build();

    private final OkHttpClient http;
    private final HttpUrl base;
    private final String key;
    private final Allowance allowance;
    private final TimeSource time;
    private Instant next = Instant.MIN;
    private int cutInARow;

    /** The day's calls, counted over all machines. */
    @FunctionalInterface
    public interface Allowance {
        /** Takes one call of the day in Korea; false when there is none left. */
        boolean take();
    }

    /**
     * @param base address up to and without {@code /api}
     * @param key sent in the query, never shown
     * @throws IllegalArgumentException when the address is no http address
     */
    public DartClient(OkHttpClient http, String base, String key, Allowance allowance, TimeSource time) {
        this.http = http;
        this.base = HttpUrl.get(base);
        this.key = key;
        this.allowance = allowance;
        this.time = time;
    }

    /** A client with the cipher suites and waits this service needs; no redirection is followed. */
    public static OkHttpClient http() {
        return new OkHttpClient.Builder()
                .connectionSpecs(List.of(TLS, ConnectionSpec.CLEARTEXT))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(30))
                .callTimeout(Duration.ofSeconds(120))
                .build();
    }

    /** Every company that has or had a listed share, the delisted included. Preferred shares have no entry of their own. */
    public List<Company> companies() throws DartException, InterruptedException {
        return call("corpCode", "corpCode.xml", Map.of(), DartClient::companies);
    }

    /**
     * The annual, half-year and quarterly reports filed in a span of days, every version, by receipt.
     *
     * @param to at most three months after {@code from}
     */
    public List<AnnouncedReport> reports(LocalDate from, LocalDate to) throws DartException, InterruptedException {
        Map<String, AnnouncedReport> reports = new LinkedHashMap<>();
        int pages = 1;
        for (int page = 1; page <= pages; page++) {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("bgn_de", from.format(DateTimeFormatter.BASIC_ISO_DATE));
            query.put("end_de", to.format(DateTimeFormatter.BASIC_ISO_DATE));
            query.put("pblntf_ty", "A");
            query.put("last_reprt_at", "N");
            // New filings come at the end, so that they push none from one page to the next.
            query.put("sort", "date");
            query.put("sort_mth", "asc");
            query.put("page_no", String.valueOf(page));
            query.put("page_count", String.valueOf(PAGE_ROWS));
            String name = "list of %s to %s, page %d".formatted(from, to, page);
            FilingListParser.Page answer = call(name, "list.json", query, DartClient::page);
            answer.reports().forEach(report -> reports.putIfAbsent(report.receipt(), report));
            pages = Math.min(answer.frame().totalPages(), MAX_PAGES);
        }
        return reports.values().stream()
                .sorted((a, b) -> a.receipt().compareTo(b.receipt()))
                .toList();
    }

    /**
     * The figures of one report, of the companies the service has it of. A company that is left out is a settled absence:
     * it has not filed, or the service does not cover it.
     *
     * @param year in which the report's period ends
     * @param companies numbers of 8 digits
     */
    public List<ReportedFigures> figures(int year, Report report, List<String> companies)
            throws DartException, InterruptedException {
        List<ReportedFigures> figures = new ArrayList<>();
        for (int from = 0; from < companies.size(); from += COMPANIES_A_CALL) {
            List<String> some = companies.subList(from, Math.min(companies.size(), from + COMPANIES_A_CALL));
            figures.addAll(some(year, report, some));
        }
        return figures;
    }

    /** A page in place of an answer means too many companies, as long as there is more than one. */
    private List<ReportedFigures> some(int year, Report report, List<String> companies)
            throws DartException, InterruptedException {
        String name = "fnlttMultiAcnt of %d companies, %d %s".formatted(companies.size(), year, report.text());
        Map<String, String> query = Map.of(
                "corp_code",
                String.join(",", companies),
                "bsns_year",
                String.valueOf(year),
                "reprt_code",
                report.code());
        try {
            return StatementReader.read(
                    report, call(name, "fnlttMultiAcnt.json", query, (what, body) -> rows(what, body, true)));
        } catch (DartException e) {
            if (e.kind() != Kind.NOT_DATA) {
                throw e;
            }
            if (companies.size() == 1) {
                throw blocked("OpenDART " + name + ": no data even so");
            }
        }
        int half = companies.size() / 2;
        List<ReportedFigures> figures = new ArrayList<>(some(year, report, companies.subList(0, half)));
        figures.addAll(some(year, report, companies.subList(half, companies.size())));
        return figures;
    }

    /**
     * The figures of one report of one company, out of its full statements: of the group, else of the company alone.
     *
     * @param year in which the report's period ends
     */
    public Optional<ReportedFigures> allFigures(int year, Report report, String company)
            throws DartException, InterruptedException {
        for (boolean consolidated : new boolean[] {true, false}) {
            String basis = consolidated ? "CFS" : "OFS";
            String name = "fnlttSinglAcntAll of %s, %d %s, %s".formatted(company, year, report.text(), basis);
            Map<String, String> query = Map.of(
                    "corp_code",
                    company,
                    "bsns_year",
                    String.valueOf(year),
                    "reprt_code",
                    report.code(),
                    "fs_div",
                    basis);
            List<ReportedFigures> figures = StatementReader.read(
                    report,
                    call(name, "fnlttSinglAcntAll.json", query, (what, body) -> rows(what, body, consolidated)));
            if (!figures.isEmpty()) {
                return Optional.of(figures.getFirst());
            }
        }
        return Optional.empty();
    }

    private static FilingListParser.Page page(String call, InputStream body)
            throws IOException, DartException, UnusableAnswerException {
        FilingListParser.Page page = FilingListParser.parse(body);
        DartStatus.hasData(call, page.frame().status(), page.frame().message());
        return page;
    }

    private static List<AccountRow> rows(String call, InputStream body, boolean consolidated)
            throws IOException, DartException, UnusableAnswerException {
        AccountsParser.Parsed parsed = AccountsParser.parse(body, consolidated);
        return DartStatus.hasData(call, parsed.frame().status(), parsed.frame().message()) ? parsed.rows() : List.of();
    }

    private static List<Company> companies(String call, InputStream body)
            throws IOException, DartException, UnusableAnswerException {
        body.mark(2);
        int first = body.read();
        int second = body.read();
        body.reset();
        if (first != 'P' || second != 'K') {
            CompanyNumbersParser.Parsed refusal = CompanyNumbersParser.parse(body);
            if (DartStatus.hasData(call, refusal.status(), refusal.message())) {
                throw new UnusableAnswerException("status 000 in place of the archive");
            }
            throw new UnusableAnswerException("no archive of company numbers");
        }
        try (ZipInputStream zip = new ZipInputStream(body)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equalsIgnoreCase("CORPCODE.xml")) {
                    return CompanyNumbersParser.parse(new Bounded(zip)).companies();
                }
            }
        }
        throw new UnusableAnswerException("an archive without CORPCODE.xml");
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(String call, InputStream body) throws IOException, DartException, UnusableAnswerException;
    }

    /** Tries again where that can help. */
    private <T> T call(String what, String path, Map<String, String> query, Reader<T> reader)
            throws DartException, InterruptedException {
        String call = "OpenDART " + what;
        Duration wait = FIRST_WAIT;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(call, path, query, reader);
            } catch (DartException e) {
                boolean transientTrouble = e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.MALFORMED;
                if (!transientTrouble || attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.log(System.Logger.Level.INFO, "{0}; trying again", e.getMessage());
                time.sleepUntil(time.now().plus(wait));
                wait = wait.multipliedBy(2);
            }
        }
    }

    private <T> T once(String call, String path, Map<String, String> query, Reader<T> reader)
            throws DartException, InterruptedException {
        Request request = request(call, path, query);
        if (cutInARow >= ATTEMPTS) {
            throw blocked(call + ": not asked");
        }
        if (!allowance.take()) {
            throw new DartException(
                    Kind.QUOTA,
                    "%s: the %d calls we allow ourselves a day are used; goes on after midnight in Korea"
                            .formatted(call, CALLS_A_DAY));
        }
        time.sleepUntil(turn());
        try (Response response = http.newCall(request).execute();
                InputStream body = new BufferedInputStream(response.body().byteStream())) {
            checkForm(call, response.code(), body);
            T read = reader.read(call, body);
            cutInARow = 0;
            return read;
        } catch (UnusableAnswerException e) {
            cutInARow = 0;
            throw new DartException(Kind.MALFORMED, call + ": " + e.getMessage(), e);
        } catch (IOException e) {
            cutInARow++;
            String cut = "%s: no whole answer (%s)".formatted(call, e.getClass().getSimpleName());
            // The exception itself may name the address, and with it the key.
            throw cutInARow >= ATTEMPTS ? blocked(cut) : new DartException(Kind.UNAVAILABLE, cut);
        }
    }

    private static DartException blocked(String what) {
        return new DartException(
                Kind.BLOCKED,
                what + "; the service may have shut this address out, which lasts up to a day: nothing more is asked");
    }

    private synchronized Instant turn() {
        Instant now = time.now();
        Instant mine = next.isAfter(now) ? next : now;
        next = mine.plus(SPACING);
        return mine;
    }

    private Request request(String call, String path, Map<String, String> query) throws DartException {
        boolean sound = key.length() >= 8 && key.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (!sound) {
            throw new DartException(Kind.KEY, call + ": the secret dart/api-key holds what no key can be");
        }
        HttpUrl.Builder address =
                base.newBuilder().addPathSegment("api").addPathSegment(path).addQueryParameter("crtfc_key", key);
        query.forEach(address::addQueryParameter);
        return new Request.Builder().url(address.build()).build();
    }

    /** A web page or a redirection is no answer, whatever its status. */
    private static void checkForm(String call, int status, InputStream body) throws DartException, IOException {
        if (status >= 300 && status < 400) {
            throw new DartException(Kind.NOT_DATA, "%s: HTTP %d, led elsewhere".formatted(call, status));
        }
        if (status == 429 || status == 403 || status >= 500) {
            throw new DartException(Kind.UNAVAILABLE, "%s: HTTP %d, try later".formatted(call, status));
        }
        if (status != 200) {
            throw new DartException(Kind.MALFORMED, "%s: HTTP %d".formatted(call, status));
        }
        body.mark(64);
        String start = new String(body.readNBytes(64), java.nio.charset.StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(java.util.Locale.ROOT);
        body.reset();
        if (start.startsWith("<!doctype") || start.startsWith("<html")) {
            throw new DartException(Kind.NOT_DATA, call + ": a web page in place of an answer");
        }
    }

    /** An archive may unpack to anything: this ends the reading before it fills the machine. */
    private static final class Bounded extends FilterInputStream {

        private long left = MAX_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new IOException("more than " + MAX_BYTES + " bytes");
            }
        }
    }
}
