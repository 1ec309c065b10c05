package io.haetae.dart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.haetae.time.VirtualTime;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.CipherSuite;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service offers finite-field exchanges under TLS 1.2 and nothing else, which the HTTP client's default refuses. */
class DartTlsTest {

    private static final List<String> THEIRS =
            List.of("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256");

    @TempDir
    private Path folder;

    private HttpsServer server;
    private SSLContext context;
    private X509TrustManager trust;

    @BeforeEach
    void serve() throws Exception {
        KeyStore keys = keys(folder.resolve("keys.p12"));
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, "changeit".toCharArray());
        TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
        others.init(keys);
        trust = (X509TrustManager) others.getTrustManagers()[0];
        context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters theirs = getSSLContext().getDefaultSSLParameters();
                theirs.setProtocols(new String[] {"TLSv1.2"});
                theirs.setCipherSuites(THEIRS.toArray(String[]::new));
                parameters.setSSLParameters(theirs);
            }
        });
        server.createContext("/", exchange -> {
            byte[] body = "{\"status\":\"013\",\"message\":\"none\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** A key and a certificate of this machine's address, made by the tool of the JDK that runs this. */
    private static KeyStore keys(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-alias",
                        "here",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, "changeit".toCharArray());
        }
        return keys;
    }

    private String base() {
        return String.format(
                Locale.ROOT, "https://127.0.0.1:%d", server.getAddress().getPort());
    }

    @Test
    void ourClientTalksToAServerThatOffersOnlyThose() throws Exception {
        OkHttpClient trusting = DartClient.http()
                .newBuilder()
                .sslSocketFactory(context.getSocketFactory(), trust)
                .build();
        DartClient client = new DartClient(
                trusting, base(), "some-key", () -> true, new VirtualTime(Instant.parse("2026-03-18T10:30:00Z")));

        assertThat(client.reports(LocalDate.of(2026, 3, 18), LocalDate.of(2026, 3, 18)))
                .isEmpty();
    }

    @Test
    void theDefaultClientDoesNot() {
        OkHttpClient plain = new OkHttpClient.Builder()
                .sslSocketFactory(context.getSocketFactory(), trust)
                .build();

        assertThatThrownBy(() ->
                        plain.newCall(new Request.Builder().url(base()).build()).execute())
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void theSuitesThatTheServiceKnowsComeFirst() {
        assertThat(DartClient.TLS.cipherSuites())
                .startsWith(
                        CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
                        CipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,
                        CipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA256);
        assertThat(DartClient.http().followRedirects()).isFalse();
        assertThat(DartClient.http().followSslRedirects()).isFalse();
    }
}
