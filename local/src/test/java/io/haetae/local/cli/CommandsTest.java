package io.haetae.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    @TempDir
    Path folder;

    private Shell shell() {
        return new Shell(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "day",
                "start",
                "run-job",
                "status",
                "orders",
                "halt",
                "resume",
                "arm",
                "disarm",
                "calendar",
                "score",
                "screen",
                "serve",
                "watchlist",
                "watchlist add",
                "watchlist list",
                "watchlist update",
                "watchlist clean",
                "watchlist history",
                "watchlist export",
                "watchlist remove"
            })
    void everyCommandExplainsItself(String command) {
        Shell.Result result = shell().bare((command + " --help").strip().split(" ", -1));

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Usage: haetae" + (command.isEmpty() ? "" : " " + command));
        assertThat(result.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"data_catchup, krx/auth-key", "statement_collection, dart/api-key", "saxo_cycle, saxo/access-token"})
    void withoutItsKeyAJobIsSkipped(String job, String key) {
        Shell.Result result = shell().at("run-job", job);

        assertThat(result.out()).startsWith(job + " SKIPPED: NO_KEY " + key);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
    }

    @Test
    void withoutPricesSignalsAreRefused() {
        Shell.Result result = shell().at("run-job", "signal_generation");

        assertThat(result.out()).startsWith("signal_generation REFUSED: ");
        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void aJobThatIsSwitchedOffStillRunsByHand() {
        Shell.Result result = shell().at("run-job", "risk_checks", "--disable-risk-checks");

        assertThat(result.out()).startsWith("risk_checks DONE");
        assertThat(result.code()).isZero();
    }

    @Test
    void aBookIsNotReopenedWithAnotherCapital() {
        Shell shell = shell();
        assertThat(shell.at("run-job", "risk_checks", "--portfolio-value", "50000000")
                        .out())
                .contains("total 50,000,000");

        Shell.Result other = shell.at("run-job", "risk_checks");
        Shell.Result anotherUser = shell.at("run-job", "risk_checks", "--user-id", "somebody");

        assertThat(other.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(other.errLines()).hasSize(1);
        assertThat(other.err()).contains("opened with 50000000 KRW, not 100000000", "--user-id", "--home");
        assertThat(anotherUser.out()).contains("total 100,000,000");
    }

    @Test
    void statusOfAFreshFolderSaysThatNothingHasRun() {
        Shell shell = shell();

        Shell.Result result = shell.at("status");

        assertThat(result.out()).contains("world venues:kis=real,saxo=SIM", "nothing has run here yet");
        assertThat(result.code()).isZero();
        assertThat(shell.home).doesNotExist();
    }

    /** K-cal: sixty days before the calendar ends, whether or not anything has run. */
    @Test
    void statusWarnsOfTheCalendarsEnd() {
        Shell shell = shell();
        assertThat(shell.at("status").out())
                .contains("calendar of XKRX known to 2026-12-31")
                .doesNotContain("warning");
        shell.at("run-job", "risk_checks");
        shell.time = new VirtualTime(Instant.parse("2026-11-20T01:00:00Z"));

        assertThat(shell.at("status").out()).contains("warning: the calendar of XKRX ends in 41 days, 2026-12-31");
    }

    @ParameterizedTest
    @CsvSource({
        "--disable-data-collection, data_collection",
        "--disable-data-collection, data_catchup",
        "--disable-indicator-calculation, indicator_calculation",
        "--disable-watchlist-update, watchlist_update",
        "--disable-statement-collection, statement_collection",
        "--disable-signal-generation, signal_generation",
        "--disable-position-monitoring, position_monitoring",
        "--disable-risk-checks, risk_checks"
    })
    void aSwitchTakesItsJobOffTheSchedule(String flag, String job) {
        Shell shell = shell();
        shell.at("run-job", "risk_checks");

        assertThat(scheduleOf(job, shell.at("status", flag))).contains("switched off");
        assertThat(scheduleOf(job, shell.at("status"))).doesNotContain("switched off");
    }

    private static String scheduleOf(String job, Shell.Result status) {
        return status.out()
                .lines()
                .filter(line -> line.startsWith(job + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theZoneMovesTheSchedules() {
        Shell shell = shell();
        shell.at("run-job", "risk_checks");

        assertThat(scheduleOf("data_collection", shell.at("status"))).contains("next 2024-12-23T16:00");
        assertThat(scheduleOf("data_collection", shell.at("status", "--timezone", "Asia/Tokyo")))
                .contains("next 2024-12-23T16:00");
        assertThat(scheduleOf("data_collection", shell.at("status", "--timezone", "America/New_York")))
                .contains("next 2024-12-24T06:00");
    }

    @Test
    void statusTellsHowAJobEndedLast() {
        Shell shell = shell();
        shell.at("run-job", "risk_checks");
        shell.at("run-job", "data_catchup");

        Shell.Result result = shell.at("status");

        assertThat(scheduleOf("risk_checks", result)).contains("last 2024-12-23T10:00 DONE");
        assertThat(scheduleOf("data_catchup", result)).contains("SKIPPED: NO_KEY");
        assertThat(result.out()).contains("trading state DRY_RUN/KIS/default_user/KRW: ACTIVE");
    }

    /** A flag beats the environment, which beats the file; an empty value counts as absent. */
    @Test
    void everySettingTellsItsValueAndWhereThatCameFrom() {
        Shell shell = shell();
        shell.write(
                ".env",
                "ORCHESTRATOR_USER_ID=file\nORCHESTRATOR_MAX_POSITIONS=7\nORCHESTRATOR_RISK_CHECK_INTERVAL=20\n"
                        + "LOG_LEVEL=\nKIS_APP_KEY=a-key-nobody-may-see\n");
        shell.environment.put("ORCHESTRATOR_USER_ID", "environment");
        shell.environment.put("ORCHESTRATOR_MAX_POSITIONS", "8");

        Shell.Result result = shell.at("status", "--settings", "--user-id", "flag");

        assertThat(result.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "ORCHESTRATOR_USER_ID flag flag",
                        "ORCHESTRATOR_MAX_POSITIONS 8 environment",
                        "ORCHESTRATOR_RISK_CHECK_INTERVAL 20 .env",
                        "LOG_LEVEL INFO default",
                        "KIS_APP_KEY (set, not shown)",
                        "KRX_AUTH_KEY (not set)");
        assertThat(result.out()).doesNotContain("nobody-may-see", "HAETAE_");
    }

    @Test
    void theLogLevelChangesWhatIsLogged() throws IOException {
        Shell loud = new Shell(folder.resolve("loud"));
        Shell quiet = new Shell(folder.resolve("quiet"));
        quiet.write(".env", "LOG_LEVEL=ERROR\n");

        loud.at("run-job", "risk_checks");
        quiet.at("run-job", "risk_checks");

        assertThat(log(loud)).contains("risk_checks", "DONE");
        assertThat(log(quiet)).isEmpty();
    }

    private static String log(Shell shell) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(shell.home)) {
            for (Path file : files.filter(path -> path.endsWith("haetae.log")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
