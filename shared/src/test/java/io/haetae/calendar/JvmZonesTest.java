package io.haetae.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmZonesTest {

    /**
     * C4, C8, invariant 11: whatever zone and language the JVM believes in, every calendar says the same, to the byte. Each
     * runs in a JVM of its own, so nothing of this one is touched.
     */
    @ParameterizedTest
    @CsvSource({"UTC, en, US", "Asia/Seoul, ko, KR", "America/New_York, ar, EG", "Pacific/Kiritimati, th, TH"})
    void calendarsAreTheSameInEveryZone(String zone, String language, String country) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.timezone=" + zone,
                        "-Duser.language=" + language,
                        "-Duser.country=" + country,
                        "-cp",
                        String.join(
                                System.getProperty("path.separator"), classes(Calendars.class), classes(Oracle.class)),
                        CalendarProbe.class.getName())
                .redirectErrorStream(true)
                .start();
        String heard = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).isEqualTo(CalendarProbe.answers());
        assertThat(heard.lines()).hasSize(2 * Calendars.codes().size());
    }

    private static String classes(Class<?> of) throws URISyntaxException, IOException {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toRealPath()
                .toString();
    }
}
