package io.haetae.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.haetae.local.home.FolderLock;
import io.haetae.local.home.Home;
import io.haetae.local.home.World;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nonsense gets one line that says what, where and what to do, the right exit code, and leaves nothing behind. */
class BadInputTest {

    @TempDir
    Path folder;

    private Shell shell() {
        return new Shell(folder);
    }

    private static Shell.Result oneLine(Shell.Result result, int code, String... words) {
        assertThat(result.errLines()).as("error stream").hasSize(1);
        assertThat(result.err()).startsWith("haetae: ").contains(words).doesNotContain("Exception:", "\tat ");
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(code);
        return result;
    }

    private void nothingIsLeft(Shell shell) {
        assertThat(shell.home).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | 'nonsense'",
                "day --nonsense | '--nonsense'",
                "day --date 25:99 | '25:99' is not a date",
                "day --date 2024-12-25 | not a session of the Korea Exchange: the next one is 2024-12-26",
                "day --days 0 | --days 0: a number from 1 to 250",
                "day --days x | 'x' is not a whole number",
                "day --seed x | 'x' is not a whole number",
                "day --store paper | sqlite",
                "day --seed 1 --data prices.csv | --seed and --data",
                "run-job nonsense | 'nonsense' is not a job: choose one of data_collection",
                "run-job | NAME",
                "start --seed 1 | leave --seed",
                "day --portfolio-value -1 | ORCHESTRATOR_PORTFOLIO_VALUE=-1 (flag)",
                "day --timezone Mars/X | ORCHESTRATOR_TIMEZONE=Mars/X (flag)",
                "day --data missing.csv | missing.csv",
                "halt | '--by=NAME'",
                "halt --by me | '--reason=TEXT'",
                "halt --by me --reason | --reason",
                "halt --by me --reason x --venue NYSE | expected one of [KIS, SAXO]",
                "halt --by me --reason x --store memory | leave --store out",
                "halt --by me --reason x --seed 5 | nothing is stored of the world simulated:5",
                "resume --reason x | '--by=NAME'",
                "orders nonsense | 'nonsense' is no order's name",
                "orders 20269999-1f | '20269999-1f' is no order's name",
                "orders --open --date 2024-12-23 | give one of them",
                "arm --by me --reason x --until 15:30 --max-notional 5 | --venue",
                "arm --venue KIS --by me --reason x --max-notional 5 | '--until=TIME'",
                "arm --venue KIS --by me --reason x --until soon --max-notional 5 | --until 'soon'",
                "arm --venue KIS --by me --reason x --until 15:30 --max-notional -5 | --max-notional '-5'",
                "arm --venue KIS --by me --reason x --until 15:30 --max-notional 0 | must be above 0",
                "arm --venue KIS --by me --reason x --until 09:30 --max-notional 5 | is over: now is",
                "arm --venue KIS --by me --reason x --until 2025-12-23T10:00 --max-notional 5 | at most 31 days",
                "arm --venue SAXO --by me --reason x --until 15:30 --max-notional 5 | SAXO_ENV=SIM is the venue's own simulation",
                "disarm --by me | '--reason=TEXT'",
                "score 005930 --seed 5 | nothing is stored of the world simulated:5",
                "screen --seed 5 | nothing is stored of the world simulated:5",
                "orders settle | 'ID'",
                "orders --seed 7 settle 20260318-1f --as not-placed --by me --reason x | --seed stands before settle",
                "orders 20260318-1f settle 20260318-1f --as not-placed --by me --reason x | ID stands before settle",
                "orders settle 20260318-1f --by me --reason x | '--as=HOW'",
                "orders settle 20260318-1f --as placed --reason x | '--by=NAME'",
                "orders settle nonsense --as not-placed --by me --reason x | 'nonsense' is no order's name",
                "orders settle 20260318-1f --as lost --by me --reason x | as placed or as not-placed",
                "orders settle 20260318-1f --as placed --by me --reason x | placed needs the broker's name",
                "orders settle 20260318-1f --as not-placed --broker-id 7 --by me --reason x | not-placed takes no name",
                "orders settle 20260318-1f --as not-placed --by me --reason x | nothing is stored of the world venues:",
                "orders settle 20260318-1f --as not-placed --by me --reason x --store memory | leave --seed, --data and --store out",
                "orders settle 20260318-1f --as not-placed --by me --reason x --seed 5 | nothing is stored of the world simulated:5",
                "watchlist add | SYMBOL",
                "watchlist add 5930 | '5930' is no symbol",
                "watchlist add 005930 --target -1 | a target price of -1: it must be above 0",
                "watchlist set 005930 | nothing is to be changed: give --target",
                "watchlist set 5930 --target 5 | '5930' is no symbol",
                "watchlist set 005930 --upper 0 | an upper alert price of 0: it must be above 0",
                "watchlist set 005930 --clear price | expected one of [target, upper, lower, tags, notes]",
                "watchlist set 005930 --target 5 --clear target | --clear target, though it is given",
                "watchlist set 005930 --target 5 | nothing is stored of the world venues:",
                "watchlist list --sort x | expected one of [score, added, symbol, change]",
                "watchlist list --asc --desc | give one of them",
                "watchlist list --seed 5 | nothing is stored of the world simulated:5",
                "watchlist list --store memory | leave --store out",
                "watchlist list --region ap-northeast-2 | name it with --stack NAME",
                "watchlist list --stack haetae --seed 1 | leave --seed, --data and --store out",
                "watchlist export --history | add --format json",
                "watchlist export --out no-such-folder/list.csv | there is no such folder",
                "watchlist history 005930 --last 0 | --last 0: a number of days from 1 to 36500",
                "orders --seed 5 | nothing is stored of the world simulated:5"
            })
    void aCommandLineThatMakesNoSenseEndsWithTwo(String line, String words) {
        Shell shell = shell();

        Shell.Result result = line.startsWith("nonsense") ? shell.bare(line) : shell.at(line.split(" ", -1));

        oneLine(result, ExitCode.BAD_INPUT, words);
        nothingIsLeft(shell);
    }

    /** G5: everything that is wrong with the settings, wherever they come from, stands in one message. */
    @ParameterizedTest
    @ValueSource(strings = {"day", "start", "run-job risk_checks", "status"})
    void allSettingsThatMakeNoSenseAreNamedAtOnce(String command) {
        Shell shell = shell();
        shell.environment.put("ORCHESTRATOR_TIMEZONE", "Mars/X");
        shell.environment.put("CHECK_INTERVAL_MINUTES", "5");
        shell.write(
                ".env",
                "ORCHESTRATOR_SIGNAL_GENERATION_TIME=25:99\nORCHESTRATOR_MAX_POSITIONS=-5\n"
                        + "ORCHESTRATOR_FOO=1\nSTOP_LOS_PERCENT=0.1\nTRADE_AMOUNT=5\nAWS_REGION=ap-northeast-2\n");

        Shell.Result result = shell.at(command.split(" ", -1));

        oneLine(
                result,
                ExitCode.BAD_INPUT,
                "ORCHESTRATOR_TIMEZONE=Mars/X (environment)",
                "CHECK_INTERVAL_MINUTES (environment) never did anything",
                "ORCHESTRATOR_SIGNAL_GENERATION_TIME=25:99 (.env)",
                "ORCHESTRATOR_MAX_POSITIONS=-5 (.env)",
                "ORCHESTRATOR_FOO (.env) is not a setting",
                "did you mean STOP_LOSS_PERCENT?",
                "TRADE_AMOUNT (.env)",
                "DEFAULT_QUANTITY");
        nothingIsLeft(shell);
    }

    @Test
    void aTornLineOfDotEnvIsNamedAndNotShown() {
        Shell shell = shell();
        shell.write(".env", "LOG_LEVEL=INFO\nKIS_APP_SECRET: a-key-nobody-may-see\n");

        Shell.Result result = oneLine(shell.at("day"), ExitCode.BAD_INPUT, ".env", "line 2", "NAME=value");

        assertThat(result.err()).doesNotContain("nobody-may-see");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'date,symbol,open,high,low,close\n2024-12-20,000010,1,2,1,2\n' | column volume is missing",
                "'date,symbol,open,high,low,close,volume\n2024-12-20,000010,1,2\n' | line 2",
                "'' | empty",
                "'date,symbol,open,high,low,close,volume\n2024-12-20,000010,10,20,10,15,5\n' | two sessions before it"
            })
    void aPriceFileThatCannotBeUsedSaysWhere(String text, String words) {
        Shell shell = shell();
        Path file = shell.write("bad.csv", text);

        oneLine(shell.at("day", "--data", file.toString()), ExitCode.BAD_INPUT, words);
        nothingIsLeft(shell);
    }

    @Test
    void noiseIsNoPriceFile() throws IOException {
        Shell shell = shell();
        byte[] noise = new byte[50_000];
        new Random(7).nextBytes(noise);
        Path file = Files.write(folder.resolve("noise.csv"), noise);

        oneLine(shell.at("day", "--data", file.toString()), ExitCode.BAD_INPUT, "noise.csv");
        nothingIsLeft(shell);
    }

    @Test
    void aHomeThatIsNoFolderIsNamed() {
        Shell shell = shell();
        String file = shell.write("file", "x").resolve("sub").toString();

        oneLine(shell.bare("run-job", "risk_checks", "--home", file), ExitCode.BAD_INPUT, file, "--home DIR");
        oneLine(shell.bare("status", "--home", file), ExitCode.BAD_INPUT, "file");
    }

    /** The folder of the real venues' world in a shell without any setting. */
    private static Path venues(Shell shell) {
        return new Home(shell.home).open(World.venues("real", "SIM"));
    }

    @Test
    void aDataFileOfNoiseIsRefusedAndLeftAsItIs() throws IOException {
        Shell shell = shell();
        byte[] noise = new byte[50_000];
        new Random(8).nextBytes(noise);
        Path file = Files.write(venues(shell).resolve("haetae.db"), noise);

        for (String command : Arrays.asList("run-job risk_checks", "start")) {
            oneLine(shell.at(command.split(" ", -1)), ExitCode.BAD_INPUT, "haetae.db", "damaged");
        }

        assertThat(Files.readAllBytes(file)).isEqualTo(noise);
        assertThat(shell.at("status").code()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void aDataFileThatWasCutOffIsRefused() throws IOException {
        Shell shell = shell();
        assertThat(shell.at("run-job", "risk_checks").code()).isZero();
        Path file = venues(shell).resolve("haetae.db");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        oneLine(shell.at("run-job", "risk_checks"), ExitCode.BAD_INPUT, "haetae.db", "damaged");
    }

    @Test
    void aFolderOfAnotherWorldIsRefused() throws IOException {
        Shell shell = shell();
        assertThat(shell.at("run-job", "risk_checks").code()).isZero();
        Path other = new Home(shell.home).open(World.venues("paper", "SIM"));
        Files.copy(venues(shell).resolve("haetae.db"), other.resolve("haetae.db"));
        shell.environment.put("KIS_ENV", "paper");

        oneLine(
                shell.at("run-job", "risk_checks"),
                ExitCode.BAD_INPUT,
                "venues:kis=real,saxo=SIM",
                "not venues:kis=paper,saxo=SIM",
                "--home");
    }

    @Test
    void aSecondStartInOneFolderIsRefused() {
        Shell shell = shell();
        try (FolderLock first =
                FolderLock.tryLock(venues(shell).resolve("start.lock")).orElseThrow()) {
            assertThat(first).isNotNull();
            oneLine(shell.at("start"), ExitCode.BAD_INPUT, "another start runs in");
        }
    }

    @Test
    void twoCommandsDoNotMoveOneSimulatedWorld() {
        Shell shell = shell();
        String prices = shell.prices().toString();
        Shell.Result fresh = oneLine(
                shell.at("run-job", "risk_checks", "--data", prices), ExitCode.BAD_INPUT, "nothing has lived in");
        assertThat(fresh.err()).contains("./haetae day");
        try (Stream<Path> worlds = Files.list(shell.home)) {
            Path world = worlds.filter(Files::isDirectory).findFirst().orElseThrow();
            try (FolderLock first =
                    FolderLock.tryLock(world.resolve("world.lock")).orElseThrow()) {
                assertThat(first).isNotNull();
                oneLine(shell.at("day", "--data", prices), ExitCode.BAD_INPUT, "another command is at work in");
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        Shell shell = shell();
        try (ServerSocket taken = new ServerSocket()) {
            try {
                taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 18004));
            } catch (BindException e) {
                // Taken by somebody else: all the same to the command.
                assertThat(taken.isBound()).isFalse();
            }
            oneLine(shell.at("serve"), ExitCode.BAD_INPUT, "is taken");
        }
        nothingIsLeft(shell);
    }

    @Test
    void aVenueThatCannotBeReachedIsAFailedInvocation() throws IOException {
        Shell shell = shell();
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        shell.environment.put("KRX_REST_BASE", "http://127.0.0.1:" + closed);
        shell.environment.put("KRX_AUTH_KEY", "a-key-nobody-may-see");

        Shell.Result result = shell.at("run-job", "data_catchup");

        assertThat(result.errLines()).hasSize(1);
        assertThat(result.err()).startsWith("haetae: KRX").doesNotContain("nobody-may-see");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(shell.at("status").out()).contains("FAILED");
    }

    @Test
    void aKeyThatTheVenueDoesNotKnowEndsWithThree() throws IOException {
        Shell shell = shell();
        HttpServer venue = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = "{\"respCode\":\"401\",\"respMsg\":\"Unauthorized Key\"}".getBytes(StandardCharsets.UTF_8);
        venue.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        venue.start();
        try {
            shell.write(
                    ".env",
                    "KRX_REST_BASE=http://127.0.0.1:" + venue.getAddress().getPort()
                            + "\nKRX_AUTH_KEY=a-key-nobody-may-see\n");

            Shell.Result result = shell.at("run-job", "data_catchup");

            oneLine(result, ExitCode.AUTHENTICATION, "KRX", "key");
            assertThat(result.err()).doesNotContain("nobody-may-see");
        } finally {
            venue.stop(0);
        }
    }
}
