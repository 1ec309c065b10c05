package io.haetae.local.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.config.KeptSecrets;
import io.haetae.kis.KisClient;
import io.haetae.kis.KisException;
import io.haetae.kis.KisKeys;
import io.haetae.kis.KisRateLimiter;
import io.haetae.kis.KisToken;
import io.haetae.krx.ClosurePageClient;
import io.haetae.krx.IndexFamily;
import io.haetae.krx.KrxClient;
import io.haetae.krx.KrxException;
import io.haetae.local.http.Answer;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.http.Request;
import io.haetae.market.KrxMarket;
import io.haetae.store.MemoryStore;
import io.haetae.store.SecretLeases;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Serves recorded answers of the real venues on loopback and reads them with our clients, one line a file. Ends with an error
 * at the first that is not understood.
 */
final class RecordedSamples {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate DAY = LocalDate.of(2025, 7, 21);

    /** Recorded answers of what this program does not ask, by the start of the name. */
    private static final Map<String, String> UNUSED = new TreeMap<>(Map.of(
            "mdc_", "the marketplace site, which forbids automation",
            "openapi_etf_", "funds are not collected",
            "kis_inquire_daily_", "history comes from the Exchange",
            "kis_inquire_psbl_rvsecncl_", "what can be cancelled is read from the day's orders, also on paper"));

    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<String, Request> heard = new ConcurrentHashMap<>();
    private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-09T00:00:00Z"));
    private final LoopbackServer server =
            new LoopbackServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), time, this::answer);

    private RecordedSamples() {}

    /** @param arguments the folder of the samples */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1 || !Files.isDirectory(Path.of(arguments[0]))) {
            System.err.println("usage: .ci/samples DIR, the folder of recorded answers");
            System.exit(2);
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
            files = found.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        RecordedSamples samples = new RecordedSamples();
        try {
            for (Path file : files) {
                System.out.println(file.getFileName() + ": " + samples.judged(file));
            }
        } finally {
            samples.server.close();
        }
        if (files.isEmpty()) {
            System.err.println("no samples in " + arguments[0]);
            System.exit(1);
        }
    }

    private String judged(Path file) throws Exception {
        String name = String.valueOf(file.getFileName());
        Optional<String> unused = UNUSED.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (unused.isPresent()) {
            return "not used: " + unused.get();
        }
        try {
            return "understood: " + understood(file, name);
        } catch (KrxException | KisException | IllegalStateException e) {
            System.err.println(name + ": NOT UNDERSTOOD: " + e.getMessage());
            System.exit(1);
            throw e;
        }
    }

    private String understood(Path file, String name) throws Exception {
        answers.clear();
        JsonNode sample = JSON.readTree(file.toFile());
        return switch (name.replace(".json", "")) {
            case "openapi_stk_bydd_trd" -> trades(sample, KrxMarket.KOSPI);
            case "openapi_ksq_bydd_trd" -> trades(sample, KrxMarket.KOSDAQ);
            case "openapi_knx_bydd_trd" -> trades(sample, KrxMarket.KONEX);
            case "openapi_stk_isu_base_info" -> shares(sample, KrxMarket.KOSPI);
            case "openapi_ksq_isu_base_info" -> shares(sample, KrxMarket.KOSDAQ);
            case "openapi_knx_isu_base_info" -> shares(sample, KrxMarket.KONEX);
            case "openapi_kospi_dd_trd" -> indices(sample, IndexFamily.KOSPI);
            case "openapi_kosdaq_dd_trd" -> indices(sample, IndexFamily.KOSDAQ);
            case "openapi_krx_dd_trd" -> indices(sample, IndexFamily.KRX);
            case "openapi_error_bodies" -> refusals(sample.get("body"));
            case "openkrx_holiday_list" -> closures(sample.get("body"));
            case "kis_inquire_price_ok" -> price(sample);
            case "kis_chk_holiday_samples" -> openDays(sample.get("body"));
            case "kis_auth_samples" -> token(sample.get("body"));
            case "kis_error_bodies" -> kisRefusals(sample.get("body")) + ", " + orders().refusals(sample.get("body"));
            case "kis_order_cash_ok" -> orders().placed(sample);
            case "kis_order_rvsecncl_ok" -> orders().amended(sample);
            case "kis_inquire_psbl_order_ok" -> orders().buyable(sample);
            case "kis_inquire_balance_ok" ->
                orders().balance(
                                sample,
                                JSON.readTree(file.resolveSibling("kis_inquire_psbl_order_ok.json")
                                        .toFile()),
                                JSON.readTree(file.resolveSibling("kis_inquire_price_ok.json")
                                        .toFile()));
            default -> throw new IllegalStateException("nothing here says what to make of it");
        };
    }

    private Answer answer(Request request) {
        String path = request.path();
        String api = path.substring(path.lastIndexOf('/') + 1);
        heard.put(api, request);
        Answer found = answers.get(api);
        return found == null ? Answer.json(404, "{}") : found;
    }

    /** The last question of that kind. */
    Request heard(String api) {
        return Objects.requireNonNull(heard.get(api), api);
    }

    VirtualTime time() {
        return time;
    }

    void serve(String api, JsonNode sample) {
        serve(api, sample.get("_http_status").asInt(), sample.get("body"));
    }

    void serve(String api, int status, JsonNode body) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        answers.put(api, Answer.json(status, bytes, bytes.length));
    }

    private KrxClient krx() {
        return new KrxClient(
                KrxClient.http(), server.base() + "/svc/apis", "samples", KrxMarket.MAIN, (_, _, _, _) -> true, time);
    }

    private LocalDate served(JsonNode sample) {
        String[] request = sample.get("_request").asText().split("[?\\s]");
        serve(request[1].substring(request[1].lastIndexOf('/') + 1), 200, sample.get("response"));
        String date = request[2].replace("basDd=", "");
        return LocalDate.parse(date, java.time.format.DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static String rows(JsonNode sample, int read) {
        int recorded = sample.get("response").get("OutBlock_1").size();
        if (recorded != read) {
            throw new IllegalStateException(read + " rows of " + recorded);
        }
        return read + " rows";
    }

    private String trades(JsonNode sample, KrxMarket market) throws Exception {
        return rows(sample, krx().dailyTrades(market, served(sample)).rows().size());
    }

    private String shares(JsonNode sample, KrxMarket market) throws Exception {
        return rows(sample, krx().baseInformation(market, served(sample)).size());
    }

    private String indices(JsonNode sample, IndexFamily family) throws Exception {
        return rows(sample, krx().indices(family, served(sample)).size());
    }

    private String refusals(JsonNode bodies) throws Exception {
        StringBuilder told = new StringBuilder(bodies.size() + " refusals");
        for (JsonNode one : bodies) {
            serve("stk_bydd_trd", one.get("http").asInt(), one.get("body"));
            String message = one.get("body").path("respMsg").asText();
            KrxException.Kind expected =
                    switch (message) {
                        case "" -> KrxException.Kind.NOT_PUBLISHED;
                        case "Unauthorized Key" -> KrxException.Kind.UNAUTHORIZED_KEY;
                        case "Unauthorized API Call" -> KrxException.Kind.UNAUTHORIZED_API;
                        default -> KrxException.Kind.WRONG_ADDRESS;
                    };
            try {
                krx().dailyTrades(KrxMarket.KOSPI, DAY);
                throw new IllegalStateException("rows were made of " + one);
            } catch (KrxException e) {
                if (e.kind() != expected) {
                    throw e;
                }
                told.append(' ').append(e.kind());
            }
        }
        return told.toString();
    }

    private String closures(JsonNode body) throws Exception {
        answers.put("GenerateOTP.jspx", Answer.json(200, "\"one-time-password-of-ours\"".replace("\"", "")));
        StringBuilder told = new StringBuilder();
        for (String shape : List.of("row_shape_korean_page", "row_shape_english_variant")) {
            serve("OPN99000001.jspx", 200, body.get(shape));
            Year year = Year.parse(body.get(shape)
                    .get("block1")
                    .get(0)
                    .get("calnd_dd")
                    .asText()
                    .substring(0, 4));
            told.append(new ClosurePageClient(
                            ClosurePageClient.http(), server.base().toString(), time)
                    .closures(year)
                    .map(dates -> dates.size() + " closure of " + year + "; ")
                    .orElseThrow(() -> new IllegalStateException("no closure read of " + shape)));
        }
        return told.toString();
    }

    private KisToken token(VirtualTime at) {
        return new KisToken(
                KisClient.http(),
                server.base().toString(),
                new KisKeys("key", "secret"),
                new KeptSecrets(),
                new SecretLeases(new MemoryStore(), at, () -> "samples"),
                at);
    }

    private RecordedKisOrders orders() throws IOException {
        return new RecordedKisOrders(this);
    }

    KisClient kis() throws IOException {
        serve("tokenP", 200, JSON.readTree("""
                        {"access_token":"t","token_type":"Bearer","expires_in":86400,\
                        "access_token_token_expired":"2026-03-10 09:00:00"}"""));
        return new KisClient(
                KisClient.http(),
                server.base().toString(),
                new KisKeys("key", "secret"),
                token(time),
                new KisRateLimiter(time, BigDecimal.TEN),
                time);
    }

    private String price(JsonNode sample) throws Exception {
        serve("inquire-price", sample);
        String symbol =
                sample.get("_request").get("query").get("FID_INPUT_ISCD").asText();
        return symbol + " " + kis().price(symbol).last();
    }

    private String openDays(JsonNode body) throws Exception {
        JsonNode page = body.get("page_2024");
        serve("chk-holiday", 200, page);
        JsonNode output = page.get("output");
        LocalDate first = date(output.get(0));
        LocalDate last = date(output.get(output.size() - 1));
        int days = kis().openDays(first, last).size();
        serve(
                "chk-holiday",
                body.get("paper_server").get("http").asInt(),
                body.get("paper_server").get("response"));
        try {
            kis().openDays(first, last);
            throw new IllegalStateException("days were made of a refusal");
        } catch (KisException e) {
            return days + " days, " + e.kind();
        }
    }

    private static LocalDate date(JsonNode day) {
        return LocalDate.parse(day.get("bass_dt").asText(), java.time.format.DateTimeFormatter.BASIC_ISO_DATE);
    }

    private String token(JsonNode body) throws Exception {
        serve("tokenP", 200, body.get("tokenP").get("response"));
        VirtualTime then = new VirtualTime(Instant.parse("2023-12-20T23:17:00Z"));
        String token = token(then).current();
        if (!token.equals(body.get("tokenP").get("response").get("access_token").asText())) {
            throw new IllegalStateException("another token than the recorded one");
        }
        JsonNode refusal = body.get("tokenP_rate_limited");
        serve("tokenP", refusal.get("http").asInt(), refusal.get("response"));
        try {
            token(then).current();
            throw new IllegalStateException("a token was made of a refusal");
        } catch (KisException e) {
            return "a token, " + e.kind();
        }
    }

    /** Where the sample knows more than one status, the first. */
    static int status(JsonNode refusal) {
        return Integer.parseInt(refusal.get("http").asText().substring(0, 3));
    }

    /** As answers to a question for a price. */
    private String kisRefusals(JsonNode bodies) throws Exception {
        Map<KisException.Kind, Integer> kinds = new TreeMap<>();
        for (JsonNode one : bodies) {
            serve("inquire-price", status(one), one.get("body"));
            try {
                kis().price("000660");
                throw new IllegalStateException("a price was made of " + one);
            } catch (KisException e) {
                if (e.kind() == KisException.Kind.MALFORMED) {
                    throw e;
                }
                kinds.merge(e.kind(), 1, Integer::sum);
            }
        }
        return String.format(Locale.ROOT, "%d refusals %s", bodies.size(), kinds);
    }
}
