package io.haetae.functions;

import io.haetae.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * The clock of a simulated world, over HTTP: {@code GET /now} answers its time, {@code POST /advance} with a time as
 * body moves it there and answers its time then. Only for a dry run with everything on this machine.
 */
final class RemoteTime implements TimeSource {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    RemoteTime(String base) {
        this.base = URI.create(base);
    }

    @Override
    public Instant now() {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve("/now")).timeout(PATIENCE).build();
        try {
            return answer(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoLocalWorldException("asking the clock was interrupted", e);
        }
    }

    @Override
    public void sleepUntil(Instant moment) throws InterruptedException {
        Instant reached = answer(HttpRequest.newBuilder(base.resolve("/advance"))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(moment.toString()))
                .build());
        if (reached.isBefore(moment)) {
            throw new UncheckedIOException(new IOException("the clock did not advance to " + moment));
        }
    }

    private Instant answer(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200) {
                throw new NoLocalWorldException("the clock answered " + response.statusCode(), null);
            }
            return Instant.parse(response.body().strip());
        } catch (IOException e) {
            throw new NoLocalWorldException("the clock does not answer", e);
        } catch (DateTimeException e) {
            throw new NoLocalWorldException("the clock answered no time", e);
        }
    }
}
