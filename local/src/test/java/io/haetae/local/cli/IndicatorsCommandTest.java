package io.haetae.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorsCommandTest {

    private static final String HEADER =
            "date,open,high,low,close,volume,sma5,sma20,sma50,sma60,sma120,sma200,ema12,ema26,rsi9,"
                    + "rsi14,macd,macd_signal,macd_histogram,bollinger_upper,bollinger_middle,bollinger_lower,atr14,stochastic_k,"
                    + "stochastic_d,adx14,obv,volume_ma20,roc20,vwap,";

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void shell() {
        shell = new Shell(folder);
    }

    /** Closes rise by 10 a day from 1000, 100 shares a day. */
    private static String rising(int bars) {
        StringBuilder text = new StringBuilder("date,open,high,low,close,volume\n");
        for (int i = 0; i < bars; i++) {
            int close = 1000 + 10 * i;
            text.append("%s,%d,%d,%d,%d,100\n"
                    .formatted(LocalDate.of(2024, 1, 1).plusDays(i), close - 5, close + 10, close - 10, close));
        }
        return text.toString();
    }

    private static String figure(String csv, int bar, String column) {
        List<String> lines = csv.lines().toList();
        int at = Arrays.asList(lines.getFirst().split(",")).indexOf(column);
        return lines.get(1 + bar).split(",", -1)[at];
    }

    @Test
    void everyIndicatorStandsBesideItsBarAndIsEmptyUntilDefined() {
        shell.write("bars.csv", rising(40));

        Shell.Result csv = shell.at("indicators", "--bars", "bars.csv", "--csv");

        assertThat(csv.code()).isEqualTo(ExitCode.DONE);
        assertThat(csv.out()).startsWith(HEADER);
        assertThat(csv.out().lines()).hasSize(41);
        assertThat(csv.out().lines().toList().get(1)).startsWith("2024-01-01,995,1010,990,1000,100,,,");
        assertThat(figure(csv.out(), 3, "sma5")).isEmpty();
        assertThat(figure(csv.out(), 4, "sma5")).isEqualTo("1020");
        assertThat(figure(csv.out(), 18, "sma20")).isEmpty();
        assertThat(figure(csv.out(), 19, "sma20")).isEqualTo("1095");
        // A straight line lies half the window behind its exponential average too.
        assertThat(figure(csv.out(), 39, "ema12")).isEqualTo("1335");
        assertThat(figure(csv.out(), 39, "macd")).isEqualTo("70");
        assertThat(figure(csv.out(), 39, "rsi14")).isEqualTo("100");
        assertThat(figure(csv.out(), 39, "atr14")).isEqualTo("20");
        assertThat(figure(csv.out(), 39, "obv")).isEqualTo("4000");
        assertThat(figure(csv.out(), 39, "sma50")).isEmpty();
        assertThat(figure(csv.out(), 39, "vwap")).isEmpty();
    }

    @Test
    void aValueColumnGivesTheMeanPriceOfTheDay() {
        shell.write("bars.csv", "date,open,high,low,close,volume,value\n2024-01-02,10,12,9,11,200,2150\n");

        assertThat(figure(shell.at("indicators", "--bars", "bars.csv", "--csv").out(), 0, "vwap"))
                .isEqualTo("10.75");
    }

    @Test
    void aLineWithoutTradeIsNoBarAndThatIsSaid() {
        String lines = rising(30);
        shell.write("whole.csv", lines);
        shell.write("halted.csv", lines + "2024-03-01,0,0,0,1290,0\n2024-03-02,0,0,0,1290,5\n");

        Shell.Result whole = shell.at("indicators", "--bars", "whole.csv", "--csv");
        Shell.Result halted = shell.at("indicators", "--bars", "halted.csv", "--csv");

        assertThat(halted.out()).isEqualTo(whole.out());
        assertThat(halted.err()).contains("2 lines without trade are no bars");
        assertThat(whole.err()).isEmpty();
    }

    @Test
    void theOrderOfTheLinesDoesNotMatter() {
        List<String> lines = rising(30).lines().toList();
        shell.write("up.csv", String.join("\n", lines));
        shell.write(
                "down.csv",
                lines.getFirst() + "\r\n"
                        + String.join("\r\n", lines.subList(1, lines.size()).reversed()));

        assertThat(shell.at("indicators", "--bars", "down.csv", "--csv").out())
                .isEqualTo(shell.at("indicators", "--bars", "up.csv", "--csv").out());
    }

    @Test
    void aRangeIsShownButReckonedFromTheFirstBar() {
        shell.write("bars.csv", rising(40));

        Shell.Result part =
                shell.at("indicators", "--bars", "bars.csv", "--csv", "--from", "2024-01-20", "--to", "2024-01-21");

        assertThat(part.out().lines()).hasSize(3);
        assertThat(figure(part.out(), 0, "sma20")).isEqualTo("1095");
    }

    @Test
    void aPageShowsTheNewestBarsInTablesThatFitATerminal() {
        shell.write("bars.csv", rising(40));

        Shell.Result page = shell.at("indicators", "--bars", "bars.csv");

        assertThat(page.out())
                .contains("close", "bollinger_upper", "correlation", "2024-02-09")
                .doesNotContain("2024-01-20");
        assertThat(page.out().lines()).allMatch(line -> line.length() <= 140);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            date,open,high,low,close,volume,volume;2024-01-02,1,2,1,1,5,6                         | column volume stands twice
            date,open,high,low,close                                                              | column volume is missing
            date,open,high,low,close,volume                                                       | no line with trade
            date,open,high,low,close,volume;2024-01-02,1,2,1,x,5                                  | line 2: close is "x"
            date,open,high,low,close,volume;2024-01-02,1,2,1,NaN,5                                | line 2: close is "NaN"
            date,open,high,low,close,volume;2024-01-02,1,2,1,1,-5                                 | line 2: volume is "-5"
            date,open,high,low,close,volume;2024-01-02,1,1,2,1,5                                  | high 1.0, low 2.0
            date,open,high,low,close,volume;2024-01-02,1,2,1,50,5                                 | low 1.0, close 50.0
            date,open,high,low,close,volume;2024-13-02,1,2,1,1,5                                  | line 2: date is "2024-13-02", no day
            date,open,high,low,close,volume;2024-01-02,1,2,1,1                                    | the line has 5 fields
            date,open,high,low,close,volume;2024-01-02,1,2,1,1,5;2024-01-02,1,2,1,1,5             | 2024-01-02 stands twice
            """)
    void aFileThatCannotBeBarsIsRefusedInALineThatSaysWhere(String lines, String told) {
        shell.write("bars.csv", lines.replace(';', '\n'));

        Shell.Result refused = shell.at("indicators", "--bars", "bars.csv", "--csv");

        assertThat(refused.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.errLines()).singleElement().asString().contains("bars.csv", told);
    }

    @Test
    void noiseIsNoFileOfBars() throws IOException {
        byte[] noise = new byte[50_000];
        new Random(7).nextBytes(noise);
        Files.write(folder.resolve("noise.csv"), noise);

        Shell.Result refused = shell.at("indicators", "--bars", "noise.csv", "--csv");

        assertThat(refused.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused.errLines()).singleElement().asString().contains("noise.csv, line 1: the text is not UTF-8");
    }

    @Test
    void aStoredShareIsReckonedFromTheOldestStoredSession() {
        shell.at("backfill", "--data", shell.prices().toString(), "--from", "2024-12-09", "--to", "2024-12-16");

        Shell.Result csv = shell.at("indicators", "000010", "--csv");
        Shell.Result unknown = shell.at("indicators", "999990");

        assertThat(csv.err()).isEmpty();
        assertThat(csv.out().lines()).hasSize(7);
        assertThat(figure(csv.out(), 4, "sma5")).isNotEmpty();
        assertThat(figure(csv.out(), 0, "vwap")).isNotEmpty();
        assertThat(unknown.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(unknown.errLines()).singleElement().asString().contains("999990 traded in no stored session");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            indicators                                              | SYMBOL
            indicators 5930                                         | '5930' is no symbol
            indicators 005930 --bars bars.csv                       | either SYMBOL or --bars
            indicators --bars bars.csv --seed 4                     | is of no world: leave --seed and --data out
            indicators --bars none.csv                              | none.csv: cannot be opened
            indicators --bars bars.csv --from 2030-01-01            | no bar lies from 2030-01-01
            """)
    void whatMakesNoSenseIsToldInALine(String words, String told) {
        shell.write("bars.csv", rising(3));

        Shell.Result refused = shell.at(words.split(" "));

        assertThat(refused.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused.errLines()).singleElement().asString().contains(told);
    }
}
