package io.haetae.krx;

import io.haetae.krx.KrxException.Kind;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Year;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Pattern;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Reads the Exchange's public page of closures (market closures of a year), which needs no key: a one-time password, then
 * the year. It lists closed days only; that a session opens or closes late, as on the day of the university entrance
 * examination, it does not say. The next year appears in December.
 */
public final class ClosurePageClient {

    private static final System.Logger LOG = System.getLogger(ClosurePageClient.class.getName());

    private static final String PAGE = "/contents/MKD/01/0110/01100305/MKD01100305.jsp";
    private static final String LIST = "MKD/01/0110/01100305/mkd01100305_01";
    private static final Pattern PASSWORD = Pattern.compile("[\\x21-\\x7E&&[^<>]]{8,4096}");
    private static final int ATTEMPTS = 3;
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 1 << 20;

    private final OkHttpClient http;
    private final HttpUrl base;
    private final TimeSource time;

    /** @param base address of the site, without a path */
    public ClosurePageClient(OkHttpClient http, String base, TimeSource time) {
        this.http = http;
        this.base = HttpUrl.get(base);
        this.time = time;
    }

    /** A client with the waits this page needs. */
    public static OkHttpClient http() {
        return new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(15))
                .callTimeout(Duration.ofSeconds(20))
                .build();
    }

    /**
     * The weekdays of a year on which the Exchange's markets are closed.
     *
     * @return empty while the year is not published, which is never to be taken for a year without closures
     * @throws KrxException when the page cannot be read, after some tries
     */
    public Optional<SortedSet<LocalDate>> closures(Year year) throws KrxException, InterruptedException {
        String call = "KRX closure page for " + year;
        for (int attempt = 1; ; attempt++) {
            try {
                SortedSet<LocalDate> closed = ClosurePage.weekdays(call, list(call, year, password(call)), year);
                return closed.isEmpty() ? Optional.empty() : Optional.of(closed);
            } catch (KrxException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.log(System.Logger.Level.INFO, "{0}; trying again", e.getMessage());
                time.sleepUntil(time.now().plus(WAIT));
            }
        }
    }

    private String password(String call) throws KrxException {
        HttpUrl address = base.newBuilder()
                .addPathSegments("contents/COM/GenerateOTP.jspx")
                .addQueryParameter("bld", LIST)
                .addQueryParameter("name", "form")
                .addQueryParameter("_", Long.toString(time.now().toEpochMilli()))
                .build();
        byte[] body = answer(call, new Request.Builder().url(address));
        String password = new String(body, StandardCharsets.ISO_8859_1).strip();
        if (!PASSWORD.matcher(password).matches()) {
            throw new KrxException(Kind.MALFORMED, call + ": no one-time password; the page may have changed");
        }
        return password;
    }

    private byte[] list(String call, Year year, String password) throws KrxException {
        FormBody form = new FormBody.Builder()
                .add("search_bas_yy", year.toString())
                .add("gridTp", "KRX")
                .add("pagePath", PAGE)
                .add("code", password)
                .build();
        HttpUrl address = base.newBuilder()
                .addPathSegments("contents/OPN/99/OPN99000001.jspx")
                .build();
        return answer(call, new Request.Builder().url(address).post(form));
    }

    private byte[] answer(String call, Request.Builder request) throws KrxException {
        Request asked = request.header("User-Agent", "Mozilla/5.0")
                .header("Referer", base.newBuilder().encodedPath(PAGE).build().toString())
                .build();
        try (Response response = http.newCall(asked).execute()) {
            byte[] bytes = response.body().byteStream().readNBytes(MOST_BYTES + 1);
            if (response.code() != 200) {
                throw new KrxException(Kind.UNAVAILABLE, "%s: HTTP %d, try later".formatted(call, response.code()));
            }
            if (bytes.length > MOST_BYTES) {
                throw new KrxException(Kind.MALFORMED, call + ": more than " + MOST_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new KrxException(Kind.UNAVAILABLE, call + ": no whole answer (" + e + "), try later", e);
        }
    }
}
