package io.haetae.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code backfill}, {@code data} and {@code bars} over a user's files of ten sessions up to Friday 2024-12-20. */
class StoredDataCommandsTest {

    @TempDir
    Path folder;

    private Shell shell;
    private String prices;

    @BeforeEach
    void files() {
        shell = new Shell(folder);
        prices = shell.prices().toString();
    }

    private Shell.Result backfill(String from, String to) {
        return shell.at("backfill", "--data", prices, "--from", from, "--to", to);
    }

    @Test
    void aBackfillStoresWhatIsPublishedAndASecondOneNothing() {
        Shell.Result first = backfill("2024-12-09", "2024-12-13");
        Shell.Result second = backfill("2024-12-09", "2024-12-16");

        assertThat(first.err()).contains("history 5/5 sessions");
        assertThat(first.out()).contains("2024-12-09 to 2024-12-13: 5 sessions stored, 0 were there");
        assertThat(second.out()).contains("1 sessions stored, 5 were there");
        assertThat(first.code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void dataTellsCoverageSourceRevisionGapsAndAge() {
        backfill("2024-12-09", "2024-12-11");
        backfill("2024-12-13", "2024-12-16");

        Shell.Result page = shell.at("data");
        Shell.Result json = shell.at("data", "--json");

        assertThat(page.code()).isZero();
        assertThat(page.out())
                .contains(
                        "2024-12-09 to 2024-12-1",
                        "the newest, 2024-12-16, is official",
                        "100.0 %",
                        "official",
                        "Gaps",
                        "2024-12-12: never asked for");
        assertThat(json.out()).contains("\"source\" : \"OFFICIAL\"", "\"session\" : \"2024-12-12\"", "\"age\" :");
    }

    @Test
    void barsAreTheStoredRowsWithVolumeAndValue() {
        backfill("2024-12-09", "2024-12-16");

        Shell.Result csv = shell.at("bars", "000010", "--from", "2024-12-10", "--to", "2024-12-11", "--csv");
        Shell.Result page = shell.at("bars", "000010", "--adjusted");

        assertThat(csv.out().lines())
                .containsExactly(
                        "date,symbol,open,high,low,close,volume,value",
                        "2024-12-10,000010,10100,10150,10050,10110,100000,"
                                + csv.out().strip().lines().toList().get(1).split(",", -1)[7],
                        csv.out().strip().lines().toList().get(2));
        assertThat(page.out()).contains("adjusted", "2024-12-16");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bars 999990                                     | 999990 is in no stored session
            bars 5930                                       | '5930' is no symbol
            bars 000010 --from 2024-12-20 --to 2024-12-10   | nothing lies from 2024-12-20 to 2024-12-10
            data --from 2024-12-20 --to 2024-12-10          | nothing lies from 2024-12-20 to 2024-12-10
            backfill                                        | give one of --years N and --from DATE
            backfill --years 0                              | a number from 1 to 50
            backfill --years 1 --from 2024-12-10            | give one of --years N and --from DATE
            backfill --from 2024-12-10 --to 2024-12-01      | nothing lies from 2024-12-10 to 2024-12-01
            backfill --from 2024-12-10 --to 2099-01-01      | rows are published up to
            """)
    void badInputIsOneLineAndExitTwo(String words, String expected) {
        backfill("2024-12-09", "2024-12-11");

        Shell.Result result = shell.at(words.split(" ", -1));

        assertThat(result.err()).contains(expected);
        assertThat(result.errLines()).hasSize(1);
        assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void withoutAHomeOrAKeyTheyTellWhatToDo() {
        Shell.Result data = shell.at("data");
        Shell.Result bars = shell.at("bars", "000010");
        Shell.Result backfill = shell.at("backfill", "--years", "1");

        assertThat(data.err()).contains("nothing is stored of the world venues").contains("./haetae backfill");
        assertThat(data.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(bars.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(backfill.err()).contains("KRX_AUTH_KEY");
        assertThat(backfill.code()).isEqualTo(ExitCode.AUTHENTICATION);
    }
}
