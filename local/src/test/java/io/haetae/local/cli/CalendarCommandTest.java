package io.haetae.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.time.VirtualTime;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarCommandTest {

    @TempDir
    Path folder;

    private Shell shell() {
        return new Shell(folder);
    }

    @Test
    void twoWeeksFromTodayWithWhatDiffers() {
        Shell shell = shell();

        Shell.Result result = shell.bare("calendar");

        assertThat(result.code()).isEqualTo(ExitCode.DONE);
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .containsExactly(
                        "XKRX, Asia/Seoul, known from 2010-01-01 to 2026-12-31",
                        "2024-12-23 Mon  09:00-15:30",
                        "2024-12-24 Tue  09:00-15:30",
                        "2024-12-25 Wed  closed       Christmas Day",
                        "2024-12-26 Thu  09:00-15:30",
                        "2024-12-27 Fri  09:00-15:30",
                        "2024-12-30 Mon  09:00-15:30",
                        "2024-12-31 Tue  closed       year-end closing",
                        "2025-01-01 Wed  closed       New Year's Day",
                        "2025-01-02 Thu  10:00-15:30  first session of the year",
                        "2025-01-03 Fri  09:00-15:30");
        assertThat(shell.home).doesNotExist();
    }

    @Test
    void csvHasTheSessionsInLocalTime() {
        Shell.Result result = shell().bare("calendar", "--from", "2026-11-18", "--to", "2026-11-22", "--csv");

        assertThat(result.out().lines())
                .containsExactly(
                        "date,open,close",
                        "2026-11-18,09:00,15:30",
                        "2026-11-19,10:00,16:30",
                        "2026-11-20,09:00,15:30");
    }

    @Test
    void jsonHasPhasesAndWhatIsClosed() throws Exception {
        Shell.Result result = shell().bare("calendar", "xnys", "--from", "2026-11-26", "--to", "2026-11-28", "--json");

        JsonNode document = new ObjectMapper().readTree(result.out());
        assertThat(document.path("exchange").asText()).isEqualTo("XNYS");
        assertThat(document.path("closed").path(0).path("why").asText()).isEqualTo("Thanksgiving Day");
        JsonNode half = document.path("sessions").path(0);
        assertThat(half.path("close").asText()).isEqualTo("2026-11-27T13:00-05:00");
        assertThat(half.path("why").asText()).isEqualTo("day after Thanksgiving");
        assertThat(half.path("phases").path(0).path("phase").asText()).isEqualTo("CONTINUOUS");
        assertThat(document.path("sessions")).hasSize(1);
    }

    @Test
    void aSessionThatOpensTheEveningBeforeSaysSo() {
        assertThat(shell().bare("calendar", "24x5", "--from", "2026-11-02", "--to", "2026-11-02")
                        .out())
                .contains("2026-11-02 Mon  Sun 17:00-17:00");
    }

    /** C2: just after midnight in Seoul it is still yesterday elsewhere; the day meant is the exchange's. */
    @Test
    void todayIsTheExchangesToday() {
        Shell shell = shell();
        shell.time = new VirtualTime(Instant.parse("2024-12-22T15:01:00Z"));

        assertThat(shell.bare("calendar", "--to", "2024-12-23").out().lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("2024-12-23");
        assertThat(shell.bare("calendar", "XNYS").out().lines().skip(1))
                .first()
                .asString()
                .startsWith("2024-12-23");
    }

    @Test
    void overridesHoldHereToo() {
        Shell shell = shell();
        shell.write(".env", "CALENDAR_OVERRIDES=XKRX/2024-12-24/closed\n");

        assertThat(shell.bare("calendar").out()).contains("2024-12-24 Tue  closed       set by configuration");
    }

    /** K-cal: who asks near the end of the list is told; two weeks that nobody asked for end with it. */
    @Test
    void itWarnsOfItsEnd() {
        Shell shell = shell();
        shell.time = new VirtualTime(Instant.parse("2026-12-28T01:00:00Z"));

        Shell.Result result = shell.bare("calendar");

        assertThat(result.code()).isEqualTo(ExitCode.DONE);
        assertThat(result.out().lines()).last().asString().startsWith("2026-12-31");
        assertThat(result.errLines()).singleElement().asString().contains("ends in 3 days, 2026-12-31");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "XTKS | no calendar is called 'XTKS': choose one of XKRX, XNYS, XNAS, WEEKDAYS, 24X5",
                "--from 2026-12-29 --to 2027-01-05 | known from 2010-01-01 to 2026-12-31, not for 2026-12-29 to 2027-01-05",
                "--from 2027-01-05 | known from 2010-01-01 to 2026-12-31",
                "--to 2009-12-30 | known from 2010-01-01",
                "--from 2026-12-29 --to 2026-12-01 | --from 2026-12-29 lies after --to 2026-12-01",
                "--from soon | 'soon' is not a date",
                "--csv --json | give one of them"
            })
    void nonsenseGetsOneLine(String words, String said) {
        Shell.Result result = shell().bare(("calendar " + words).split(" ", -1));

        assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.out()).isEmpty();
        assertThat(result.errLines()).singleElement().asString().contains(said);
    }
}
