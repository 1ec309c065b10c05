package io.haetae.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataCheckCommandTest {

    private static final String ROWS = """
            date,symbol,market,open,high,low,close,change,volume
            2025-03-31,000010,KOSPI,10000,10000,10000,10000,0,100
            2025-03-31,000020,KOSDAQ,5000,5003,5000,5000,0,100
            2025-04-02,000010,KOSPI,5000,6500,5000,6500,1500,100
            2025-04-02,000020,KOSDAQ,0,0,0,5000,0,0
            2025-04-02,000030,KOSDAQ,2000,8000,2000,8000,6000,100
            2025-04-03,000010,KOSPI,3250,3250,3250,3250,0,100
            2025-04-03,000010,KOSPI,3250,3250,3250,3250,0,100
            2025-04-03,000030,KOSDAQ,8000,8000,8000,8000,0,100
            2025-04-05,000010,KOSPI,3250,3250,3250,3250,0,100
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    @SuppressWarnings("NullAway.Init")
    private String file;

    @BeforeEach
    void write() {
        shell = new Shell(folder);
        file = shell.write("prices.csv", ROWS).toString();
    }

    @Test
    void thePageSaysWhatIsInAFileAndWhatIsWrongWithIt() {
        Shell.Result result = shell.bare("data", "check", file);

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isEqualTo(ExitCode.DONE);
        assertThat(result.out())
                .contains(file + ": raw\n")
                .contains("  9 rows, 3 symbols, 3 sessions, 2025-03-31 to 2025-04-03\n")
                .contains("  1 without trades (11.11 %)\n")
                .contains("  1 prices off their step\n")
                .contains("  1 rows beyond the daily limits, 0 explained; 1 closes exactly at a limit\n")
                .contains("  1 base prices not compared: sessions before them are missing\n")
                .contains("dropped, stood twice: 1\n    line 8: 000010 of 2025-04-03 stands in line 7 already")
                .contains("on days without a session, left out: 1\n    2025-04-05: 1 rows\n")
                .contains("Sessions missing: 1\n    2025-04-01\n")
                .contains(
                        "Base-price breaks: 1\n    2025-04-03 000010, line 7: close 6500, base 3250, factor 0.500000\n")
                .contains(
                        "Beyond the daily limits and unexplained: 1\n    2025-04-02 000030, line 6: low 2000, high 8000")
                .contains("Off their step: 1\n    2025-03-31 000020, line 3: high 5003, step 10\n");
        assertThat(shell.home).doesNotExist();
    }

    @Test
    void jsonHasEveryFindingAndTheCounts() throws IOException {
        Shell.Result result = shell.bare("data", "check", "--json", file);
        JsonNode json = new ObjectMapper().readTree(result.out());

        assertThat(json.path("offTickPrices").asInt(-1)).isEqualTo(1);
        assertThat(json.path("outsideBand").asInt(-1)).isEqualTo(1);
        assertThat(json.path("explained").asInt(-1)).isZero();
        assertThat(json.path("halted").asInt(-1)).isEqualTo(1);
        assertThat(json.path("duplicates").asInt(-1)).isEqualTo(1);
        assertThat(json.path("impossible").asInt(-1)).isZero();
        assertThat(json.path("rows").asInt(-1)).isEqualTo(9);
        assertThat(json.path("first").asText()).isEqualTo("2025-03-31");
        assertThat(json.path("missingSessions").path(0).asText()).isEqualTo("2025-04-01");
        assertThat(json.path("basePriceBreaks").path(0).path("factor").decimalValue())
                .isEqualByComparingTo("0.5");
        assertThat(json.path("outsideBandRows")
                        .path(0)
                        .path("at")
                        .path("symbol")
                        .asText())
                .isEqualTo("000030");
        assertThat(json.path("offTickRows").path(0).path("won").asInt()).isEqualTo(5_003);
        assertThat(json.path("files").path(0).path("kind").asText()).isEqualTo("raw");
        assertThat(json.path("files")
                        .path(0)
                        .path("duplicateRows")
                        .path(0)
                        .path("line")
                        .asInt())
                .isEqualTo(8);
        assertThat(result.code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void whatAnAdjustedFileCannotTellIsNullAndSaid() throws IOException {
        String adjusted = shell.prices().toString();
        JsonNode json = new ObjectMapper()
                .readTree(shell.bare("data", "check", "--json", adjusted).out());

        assertThat(json.path("offTickPrices").isNull()).isTrue();
        assertThat(json.path("outsideBand").isNull()).isTrue();
        assertThat(json.path("halted").asInt(-1)).isZero();
        assertThat(shell.bare("data", "check", adjusted).out())
                .contains("steps and limits not judged: adjusted, or no market and change column")
                .contains("Sessions missing: 0\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'date,symbol\n'|line 1: column open is missing",
                "'date,symbol,open,high,low,close,volume\n2025-03-31,000010,9,8,7,9,1\n'|line 2: open 9, high 8",
                "''|line 1: the file is empty"
            })
    void aRefusedFileEndsWithTwoAndOneLine(String text, String problem) {
        String bad = shell.write("bad.csv", text).toString();
        Shell.Result result = shell.bare("data", "check", file, bad);

        assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.out()).isEmpty();
        assertThat(result.errLines()).singleElement().asString().startsWith("haetae: " + bad + ", " + problem);
    }

    @Test
    void theDocumentedExampleIsWhatThePageSays() throws IOException {
        String doc = Files.readString(Path.of("..", "docs", "price-files.md"));
        String rows = between(doc, "$ cat prices.csv\n", "$ ./haetae data check prices.csv\n");
        String page = between(doc, "$ ./haetae data check prices.csv\n", "```");
        String example = shell.write("example.csv", rows).toString();

        assertThat(shell.bare("data", "check", example).out().replace(example, "prices.csv"))
                .isEqualTo(page);
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }

    @Test
    void helpTellsTheExitCodes() {
        assertThat(shell.bare("data", "check", "--help").out()).contains("Exit code: 0 the files were judged", "1 %");
        assertThat(shell.bare("data", "check").code()).isEqualTo(ExitCode.BAD_INPUT);
    }
}
