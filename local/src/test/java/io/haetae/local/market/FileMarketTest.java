package io.haetae.local.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileMarketTest {

    private static final String HEADER = "date,symbol,open,high,low,close,volume\n";
    private static final LocalDate MONDAY = LocalDate.of(2025, 4, 14);
    private static final LocalDate TUESDAY = LocalDate.of(2025, 4, 15);
    private static final LocalDate WEDNESDAY = LocalDate.of(2025, 4, 16);
    private static final String DAYS = HEADER
            + "2025-04-14,111110,10000,10300,9900,10200,150000\n"
            + "2025-04-14,2222K0,5000,5010,4980,5000,2000\n"
            + "2025-04-15,111110,10100,10250,9800,9850,90000\n"
            + "2025-04-15,2222K0,0,0,0,5000,0\n"
            + "2025-04-16,111110,9900,10000,9850,10000,80000\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static DailyRow row(FileMarket market, LocalDate session, String symbol) {
        return market.row(session, symbol).orElseThrow();
    }

    @Test
    void servesTheRowsAndDerivesWhatTheyLack() throws IOException {
        FileMarket market = new FileMarket(List.of(file("days.csv", DAYS)));

        assertThat(market.sessions()).containsExactly(MONDAY, TUESDAY, WEDNESDAY);
        assertThat(row(market, TUESDAY, "111110").base()).isEqualTo(10_200);
        assertThat(row(market, MONDAY, "111110").change()).isZero();
        assertThat(row(market, TUESDAY, "2222K0").traded()).isFalse();
        assertThat(row(market, WEDNESDAY, "111110").value()).isEqualTo(80_000L * 9_937);
        assertThat(market.row(WEDNESDAY, "2222K0")).isEmpty();
        assertThat(market.rows(MONDAY, KrxMarket.KOSPI)).hasSize(2);
        assertThat(market.fundamentals(MONDAY, "111110")).isEmpty();
        assertThat(market.defaultDay()).isEqualTo(WEDNESDAY);
        assertThat(String.join("\n", market.notes()))
                .contains("change is derived", "KOSPI is assumed", "number of shares; 0", "no fundamentals");
    }

    @Test
    void takesNamesMarketsAndSharesFromAnotherFile() throws IOException {
        Path list = file(
                "symbols.csv",
                "symbol,name,market,shares\n111110,\"Stone, Beast\",KOSDAQ GLOBAL,1000\n2222K0,나린강식품,KOSPI,20\n");
        FileMarket market = new FileMarket(List.of(file("days.csv", DAYS), list));

        assertThat(market.rows(MONDAY, KrxMarket.KOSDAQ)).singleElement().satisfies(row -> {
            assertThat(row.name()).isEqualTo("Stone, Beast");
            assertThat(row.shares()).isEqualTo(1_000);
        });
        assertThat(String.join("\n", market.notes())).doesNotContain("assumed").doesNotContain("number of shares");
    }

    @Test
    void readsGzippedFilesAndColumnsInAnyOrder() throws IOException {
        Path path = folder.resolve("days.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(
                    "change,volume,close,low,high,open,symbol,date\r\n-300,5,9900,9800,10100.0,10000,111110,20250414\r\n"
                            .getBytes(StandardCharsets.UTF_8));
        }
        DailyRow row = row(new FileMarket(List.of(path)), MONDAY, "111110");
        assertThat(row.base()).isEqualTo(10_200);
        assertThat(row.high()).isEqualTo(10_100);
    }

    @Test
    void theWorldIsWhatTheFilesSay() throws IOException {
        String world = new FileMarket(List.of(file("a.csv", DAYS))).world();
        assertThat(world).matches("files:[0-9a-f]{12}");
        assertThat(new FileMarket(List.of(file("b.csv", DAYS))).world()).isEqualTo(world);
        assertThat(new FileMarket(List.of(file("c.csv", DAYS.replace("80000", "80001")))).world())
                .isNotEqualTo(world);
    }

    @Test
    void theFileNamedFirstCountsWhereTwoHoldADay() throws IOException {
        Path first = file("first.csv", DAYS);
        Path second = file("second.csv", HEADER + "2025-04-14,111110,20000,20000,20000,20000,1\n");
        FileMarket market = new FileMarket(List.of(first, second));
        assertThat(row(market, MONDAY, "111110").close()).isEqualTo(10_200);
        assertThat(String.join("\n", market.notes())).contains("1 rows stand in two files");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2025-04-14,111110,10000,10300|line 3: the line has 4 fields, the header 7",
                "2025-04-14,111110,10000,10300,9900,1o200,15|line 3: close is \"1o200\", not a whole number",
                "2025-04-14,111110,10000,10300,9900,,15|line 3: close is \"\", not a whole number",
                "2025-02-30,111110,1,1,1,1,1|line 3: there is no 2025-02-30",
                "14.4.2025,111110,1,1,1,1,1|line 3: date is \"14.4.2025\"",
                "2025-04-14,11111,1,1,1,1,1|line 3: symbol is \"11111\""
            })
    void aFileOfWhichMoreThanOneInAHundredLinesIsTornIsRefused(String line, String problem) throws IOException {
        Path path = file("torn.csv", HEADER + "2025-04-14,2222K0,5000,5010,4980,5000,2000\n" + line);
        assertThatThrownBy(() -> new FileMarket(List.of(path)))
                .isInstanceOf(MarketFileException.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContaining(problem)
                .hasMessageMatching("(?s)[^\n]*");
    }

    @Test
    void anImpossibleRowAndOneThatStandsTwiceAreLeftOutAndTold() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 198; i++) {
            text.append("2025-04-14,%06d,5000,5010,4980,5000,2000\n".formatted(i));
        }
        text.append("2025-04-14,000198,5000,4010,4980,5000,2000\n");
        text.append("2025-04-14,000007,5000,5010,4980,5005,2000\n");
        FileMarket market = new FileMarket(List.of(file("days.csv", text.toString())));

        assertThat(market.rows(MONDAY, KrxMarket.KOSPI)).hasSize(198);
        assertThat(row(market, MONDAY, "000007").close()).isEqualTo(5_000);
        assertThat(String.join("\n", market.notes()))
                .contains("1 of 200 rows are impossible and left out; line 200: open 5000, high 4010")
                .contains(
                        "1 of 200 rows stand twice; the first of each is used; line 201: 000007 of 2025-04-14 stands in"
                                + " line 9 already, with other prices");
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        Path path = file("short.csv", "date,symbol,open,high,low,close\n2025-04-14,111110,1,1,1,1\n");
        assertThatThrownBy(() -> new FileMarket(List.of(path)))
                .isInstanceOf(MarketFileException.class)
                .hasMessageContaining("line 1: column volume is missing");
    }

    @Test
    void aTornArchiveAndAMissingFileAreNamed() throws IOException {
        Path whole = folder.resolve("whole.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write(DAYS.getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path torn = Files.write(folder.resolve("torn.csv.gz"), Arrays.copyOf(bytes, bytes.length - 20));
        assertThatThrownBy(() -> new FileMarket(List.of(torn)))
                .isInstanceOf(MarketFileException.class)
                .hasMessageContaining("torn");
        assertThatThrownBy(() -> new FileMarket(List.of(folder.resolve("none.csv"))))
                .isInstanceOf(MarketFileException.class)
                .hasMessageContaining("none.csv");
    }

    @Test
    void theDayGoesFromOpenOverHighAndLowToClose() throws IOException {
        FileMarket market = new FileMarket(List.of(file("days.csv", DAYS)));
        Instant open = Instant.parse("2025-04-15T00:00:00Z");
        DailyRow day = row(market, TUESDAY, "111110");

        Moment early = market.at(open.minusSeconds(600), "111110").orElseThrow();
        assertThat(early.session()).isEqualTo(TUESDAY);
        assertThat(early.last()).isEqualTo(10_200);
        assertThat(early.open()).isZero();
        assertThat(market.at(open.minusSeconds(3600), "111110").orElseThrow().session())
                .isEqualTo(MONDAY);

        long volume = 0;
        long high = 0;
        for (int minute = 0; minute <= 390; minute++) {
            Moment moment = market.at(open.plusSeconds(60L * minute), "111110").orElseThrow();
            assertThat(moment.last()).isBetween(day.low(), day.high());
            assertThat(moment.last() % 10).isZero();
            assertThat(moment.last()).isBetween(moment.low(), moment.high());
            assertThat(moment.volume()).isGreaterThanOrEqualTo(volume);
            assertThat(moment.high()).isGreaterThanOrEqualTo(high);
            assertThat(moment.open()).isEqualTo(day.open());
            volume = moment.volume();
            high = moment.high();
        }
        Moment end = market.at(open.plusSeconds(60L * 390), "111110").orElseThrow();
        assertThat(List.of(end.last(), end.open(), end.high(), end.low(), end.volume()))
                .containsExactly(day.close(), day.open(), day.high(), day.low(), day.volume());
        assertThat(market.at(open.plusSeconds(7200), "2222K0").orElseThrow().halted())
                .isTrue();
    }
}
