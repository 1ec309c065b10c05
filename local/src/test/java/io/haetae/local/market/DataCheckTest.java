package io.haetae.local.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.calendar.Session;
import io.haetae.calendar.XkrxCalendar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataCheckTest {

    private static final String ADJUSTED = "date,symbol,open,high,low,close,volume\n";
    private static final String RAW = "date,symbol,market,open,high,low,close,change,volume\n";

    /** The twelve sessions from Monday 2025-03-31 to Tuesday 2025-04-15. */
    private static final List<LocalDate> SESSIONS =
            XkrxCalendar.bundled().sessionsBetween(LocalDate.of(2025, 3, 31), LocalDate.of(2025, 4, 15)).stream()
                    .map(Session::date)
                    .toList();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final StringBuilder raw = new StringBuilder(RAW);

    private Path file(String name, CharSequence text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** A raw row that goes from its base to {@code close} and no further. */
    private void trade(int session, String symbol, long base, long close) {
        row(session, symbol, "KOSDAQ", base, base, Math.max(base, close), Math.min(base, close), close, 100);
    }

    private void pause(int session, String symbol, long base) {
        row(session, symbol, "KOSDAQ", base, 0, 0, 0, base, 0);
    }

    private void row(
            int session,
            String symbol,
            String market,
            long base,
            long open,
            long high,
            long low,
            long close,
            long volume) {
        raw.append("%s,%s,%s,%d,%d,%d,%d,%d,%d\n"
                .formatted(SESSIONS.get(session), symbol, market, open, high, low, close, close - base, volume));
    }

    /** A share that trades at one price every session. */
    private void quiet(String symbol, int... sessions) {
        Arrays.stream(sessions).forEach(session -> trade(session, symbol, 10_000, 10_000));
    }

    private void quietThroughout(String symbol) {
        quiet(symbol, IntStream.range(0, SESSIONS.size()).toArray());
    }

    private DataReport judged() throws IOException {
        return DataCheck.judge(List.of(file("raw.csv", raw)));
    }

    @Test
    void soundRowsAreCountedAndNothingIsFound() throws IOException {
        quietThroughout("000010");
        quietThroughout("0000K0");
        DataReport report = judged();

        DataReport.Part all = report.all();
        assertThat(all.rows()).isEqualTo(24);
        assertThat(all.symbols()).isEqualTo(2);
        assertThat(all.sessions()).isEqualTo(12);
        assertThat(all.first()).isEqualTo("2025-03-31");
        assertThat(all.last()).isEqualTo("2025-04-15");
        assertThat(List.of(
                        all.duplicates(),
                        all.impossible(),
                        all.offSession(),
                        all.offTickPrices(),
                        all.outsideBand(),
                        all.explained(),
                        all.halted(),
                        all.notJudged(),
                        all.closesAtLimit()))
                .containsOnly(0L);
        assertThat(report.missing()).isEmpty();
        assertThat(report.breaks()).isEmpty();
        assertThat(report.files()).singleElement().satisfies(file -> assertThat(file.raw())
                .isTrue());
    }

    @Test
    void sessionsWithoutARowAreMissingAndOtherDaysHaveNone() throws IOException {
        quiet("000010", 0, 1, 4, 6);
        raw.append("2025-04-05,000010,KOSDAQ,1,1,1,1,0,1\n2025-04-05,000020,KOSDAQ,1,1,1,1,0,1\n");
        raw.append("2009-12-31,000010,KOSDAQ,1,1,1,1,0,1\n");
        DataReport report = judged();

        assertThat(report.missing())
                .containsExactly(
                        new DataReport.Stretch(SESSIONS.subList(2, 4)), new DataReport.Stretch(SESSIONS.subList(5, 6)));
        assertThat(report.all().offSession()).isEqualTo(3);
        assertThat(report.files().getFirst().offSessionDays())
                .containsExactly(
                        new DataReport.Days(LocalDate.of(2009, 12, 31), 1),
                        new DataReport.Days(LocalDate.of(2025, 4, 5), 2));
    }

    @Test
    void aBaseThatIsNotTheCloseBeforeIsABreakWithItsFactor() throws IOException {
        trade(0, "000010", 10_000, 9_990);
        trade(1, "000010", 4_995, 5_000);
        trade(2, "000010", 5_000, 5_000);
        assertThat(judged().breaks()).singleElement().satisfies(found -> {
            assertThat(found.at().date()).isEqualTo(SESSIONS.get(1));
            assertThat(found.at().line()).isEqualTo(3);
            assertThat(found.previousClose()).isEqualTo(9_990);
            assertThat(found.base()).isEqualTo(4_995);
            assertThat(found.factor()).isEqualByComparingTo("0.5");
            assertThat(found.sessionsBetween()).isZero();
        });
    }

    @Test
    void aBreakOverDaysWithoutARowIsToldApartAndOverMissingSessionsNotAtAll() throws IOException {
        trade(0, "000010", 10_000, 10_000);
        trade(3, "000010", 1_000, 1_000);
        quiet("000020", 0, 1, 2, 3, 5);
        trade(5, "000010", 900, 900);
        DataReport report = judged();

        assertThat(report.breaks()).singleElement().satisfies(found -> assertThat(found.sessionsBetween())
                .isEqualTo(2));
        assertThat(report.all().basesNotCompared()).isEqualTo(1);
    }

    @Test
    void aCloseOffTheNewStepsIsRaisedToThemAndNoBreak() throws IOException {
        raw.append("2023-01-20,000010,KOSDAQ,210100,210100,210100,210100,0,9\n");
        raw.append("2023-01-25,000010,KOSDAQ,210500,210500,210500,210500,0,9\n");
        assertThat(judged().breaks()).isEmpty();
    }

    @Test
    void eachOfFourPricesOffItsStepIsCounted() throws IOException {
        row(0, "000010", "KOSPI", 10_000, 10_001, 10_012, 9_993, 10_004, 5);
        row(1, "000010", "KOSPI", 10_004, 10_010, 10_015, 9_995, 10_000, 5);
        DataReport report = judged();

        assertThat(report.all().offTickPrices()).isEqualTo(6);
        assertThat(report.all().halfTickPrices()).isEqualTo(2);
        assertThat(report.offTicks())
                .extracting(DataReport.OffTick::price, DataReport.OffTick::won, DataReport.OffTick::half)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("open", 10_001L, false),
                        org.assertj.core.groups.Tuple.tuple("high", 10_015L, true),
                        org.assertj.core.groups.Tuple.tuple("low", 9_995L, true));
    }

    @Test
    void aHalfStepAtOpenOrCloseIsAFault() throws IOException {
        row(0, "000010", "KOSPI", 10_000, 10_005, 10_020, 9_990, 10_005, 5);
        assertThat(judged().all().offTickPrices()).isEqualTo(2);
        assertThat(judged().all().halfTickPrices()).isZero();
    }

    @Test
    void stepsAreThoseOfTheDayAndTheMarket() throws IOException {
        raw.append("2023-01-20,000010,KOSPI,100100,100100,100100,100100,0,9\n");
        raw.append("2023-01-20,000020,KOSDAQ GLOBAL,100100,100100,100100,100100,0,9\n");
        raw.append("2023-01-25,000010,KOSPI,100100,100100,100100,100100,0,9\n");
        assertThat(judged().offTicks())
                .hasSize(4)
                .allSatisfy(found -> assertThat(found.at().line()).isEqualTo(2));
    }

    @Test
    void aRowWithoutTradesIsHaltedAndNotJudged() throws IOException {
        row(0, "000010", "KOSPI", 10_001, 0, 0, 0, 10_001, 0);
        row(1, "000010", "KOSPI", 10_001, 0, 0, 0, 10_001, 700);
        row(2, "000010", "KOSPI", 10_001, 10_001, 99_999, 1, 10_001, 0);
        DataReport.Part all = judged().all();
        assertThat(all.halted()).isEqualTo(3);
        assertThat(all.offTickPrices()).isZero();
        assertThat(all.outsideBand()).isZero();
    }

    @Test
    void pricesAtTheLimitAreInsideAndAStepFurtherIsNot() throws IOException {
        quietThroughout("000010");
        trade(3, "000020", 10_000, 13_000);
        trade(4, "000020", 13_000, 9_100);
        row(5, "000020", "KOSDAQ", 9_100, 9_100, 11_840, 9_100, 9_100, 5);
        row(6, "000020", "KOSDAQ", 9_100, 9_100, 9_100, 6_360, 9_100, 5);
        quiet("000020", 11);
        row(3, "000030", "KONEX", 10_000, 10_000, 11_500, 8_500, 11_500, 5);
        row(4, "000030", "KONEX", 11_500, 11_500, 13_230, 11_500, 11_500, 5);
        quiet("000030", 11);
        DataReport report = judged();

        assertThat(report.all().closesAtLimit()).isEqualTo(3);
        assertThat(report.outside())
                .extracting(found -> found.at().date() + " " + found.at().symbol())
                .containsExactly(SESSIONS.get(4) + " 000030", SESSIONS.get(5) + " 000020", SESSIONS.get(6) + " 000020");
        assertThat(report.all().outsideBand()).isEqualTo(3);
        assertThat(report.all().explained()).isZero();
    }

    @Test
    void theFirstRowOfANewSymbolIsItsListing() throws IOException {
        quietThroughout("000010");
        trade(5, "000020", 2_000, 8_000);
        trade(6, "000020", 8_000, 7_000);
        quiet("000020", 11);
        assertThat(judged().outside()).singleElement().satisfies(found -> {
            assertThat(found.why()).isEqualTo("first day of a listing");
            assertThat(found.upper()).isEqualTo(2_600);
        });
        assertThat(judged().all().explained()).isEqualTo(1);
    }

    @Test
    void theFirstRowOfTheDataIsNoListingNorOneAfterASessionThatIsMissing() throws IOException {
        quiet("000010", 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11);
        trade(0, "000020", 2_000, 8_000);
        trade(4, "000030", 2_000, 8_000);
        quiet("000020", 11);
        quiet("000030", 11);
        assertThat(judged().outside()).hasSize(2).allSatisfy(found -> assertThat(found.why())
                .isEmpty());
    }

    @Test
    void theLastSevenSessionsOfASymbolThatIsGoneAreItsDelisting() throws IOException {
        quietThroughout("000010");
        trade(2, "000020", 10_000, 4_000);
        for (int session = 3; session < 9; session++) {
            trade(session, "000020", 4_000, session == 8 ? 400 : 4_000);
        }
        assertThat(judged().outside())
                .extracting(DataReport.Outside::why)
                .containsExactly("before a delisting", "before a delisting");
    }

    @Test
    void whoTradedAllAlongIsNotAboutToBeDelisted() throws IOException {
        quietThroughout("000010");
        quiet("000020", 0, 1, 2, 3, 4, 5, 6);
        trade(7, "000020", 10_000, 4_000);
        assertThat(judged().outside()).singleElement().satisfies(found -> assertThat(found.why())
                .isEmpty());
    }

    @Test
    void theEighthSessionBeforeTheEndIsNoDelistingAnyMore() throws IOException {
        quietThroughout("000010");
        trade(1, "000020", 10_000, 10_000);
        trade(2, "000020", 10_000, 4_000);
        for (int session = 3; session < 10; session++) {
            trade(session, "000020", 4_000, 4_000);
        }
        assertThat(judged().outside()).singleElement().satisfies(found -> assertThat(found.why())
                .isEmpty());
    }

    @Test
    void aSymbolThatCameBackFromAPauseJustBeforeTheDataEndIsTakenForOneToBeDelisted() throws IOException {
        quietThroughout("000010");
        for (int session = 0; session < 7; session++) {
            pause(session, "000020", 10_850);
        }
        trade(7, "000020", 10_850, 1_249);
        trade(8, "000020", 1_249, 840);
        trade(9, "000020", 840, 575);
        trade(10, "000020", 575, 395);
        trade(11, "000020", 395, 250);
        assertThat(judged().outside()).hasSize(5).allSatisfy(found -> assertThat(found.why())
                .isEqualTo("before a delisting; the data end first"));
    }

    @Test
    void withoutAPauseOrLongAfterItNothingIsGuessedAtTheEndOfTheData() throws IOException {
        quietThroughout("000010");
        quiet("000020", IntStream.range(0, 11).toArray());
        trade(11, "000020", 10_000, 5_000);
        pause(3, "000030", 10_000);
        quiet("000030", IntStream.range(4, 11).toArray());
        trade(11, "000030", 10_000, 5_000);
        assertThat(judged().outside()).hasSize(2).allSatisfy(found -> assertThat(found.why())
                .isEmpty());
    }

    @Test
    void rowsBeforeTheTablesAreNotJudged() throws IOException {
        raw.append("2020-12-30,000010,KOSPI,10001,10001,10001,10001,0,9\n");
        raw.append("2021-01-04,000010,KOSPI,10050,10050,10050,10050,49,9\n");
        DataReport report = judged();
        assertThat(report.all().notJudged()).isEqualTo(1);
        assertThat(report.all().offTickPrices()).isZero();
    }

    @Test
    void adjustedFilesAreNotJudgedByStepsAndMayMissByRounding() throws IOException {
        String text =
                ADJUSTED + "2025-03-31,000010,10001,10050,9950,10051,5\n2025-04-01,000010,30003,30003,30003,30003,5\n";
        DataReport report = DataCheck.judge(List.of(file("adjusted.csv", text)));

        assertThat(report.files()).singleElement().satisfies(file -> assertThat(file.raw())
                .isFalse());
        assertThat(report.all().rounded()).isEqualTo(1);
        assertThat(report.all().offTickPrices()).isZero();
        assertThat(report.breaks()).isEmpty();
        assertThat(report.outside()).isEmpty();
    }

    @Test
    void severalFilesAreOneSetOfData() throws IOException {
        trade(0, "000010", 10_000, 10_000);
        trade(1, "000010", 10_000, 10_500);
        Path first = file("a.csv", raw);
        raw.setLength(RAW.length());
        trade(1, "000010", 10_000, 10_500);
        trade(2, "000010", 5_250, 5_250);
        Files.createDirectories(folder.resolve("more"));
        file("more/b.csv", raw);
        Path adjusted = file("c.csv", ADJUSTED + SESSIONS.get(2) + ",000010,1,1,1,1,1\n");
        Path list = file("names.csv", "symbol,name\n000010,가람\n");
        DataReport report = DataCheck.judge(List.of(first, folder.resolve("more"), adjusted, list));

        assertThat(report.doubled()).singleElement().satisfies(found -> {
            assertThat(found.at().file()).endsWith("b.csv");
            assertThat(found.alsoIn()).endsWith("a.csv");
            assertThat(found.alsoLine()).isEqualTo(3);
            assertThat(found.same()).isTrue();
        });
        assertThat(report.breaks()).singleElement().satisfies(found -> assertThat(found.factor())
                .isEqualByComparingTo("0.5"));
        assertThat(report.inRawAndAdjusted()).isEqualTo(1);
        assertThat(report.lists()).singleElement().asString().endsWith("names.csv");
        assertThat(report.all().sessions()).isEqualTo(3);
        assertThat(report.all().rows()).isEqualTo(5);
    }

    @Test
    void aRowThatStandsTwiceInAFileIsDropped() throws IOException {
        trade(0, "000010", 10_000, 10_000);
        trade(0, "000010", 10_000, 10_000);
        trade(0, "000010", 10_000, 11_000);
        DataReport report = judged();
        assertThat(report.all().duplicates()).isEqualTo(2);
        assertThat(report.files().getFirst().duplicateRows())
                .extracting(DataReport.Line::reason)
                .containsExactly(
                        "000010 of 2025-03-31 stands in line 2 already, with the same prices",
                        "000010 of 2025-03-31 stands in line 2 already, with other prices");
    }

    /** Ninety-nine sound rows and one that cannot be: one in a hundred is let pass, and dropped with its reason. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KOSPI,100,90,95,100,0,5|the high is not the highest",
                "KOSPI,100,110,105,100,0,5|the low not the lowest",
                "KOSPI,100,110,0,100,0,5|the low not the lowest",
                "KOSPI,100,100,100,0,0,5|close is 0",
                "KOSPI,100,100,100,-100,0,5|close is -100, not a price",
                "KOSPI,-100,100,100,100,0,5|open is -100, not a price",
                "KOSPI,100,100,100,100,100,5|close 100 less change 100 is no base price",
                "KOSPI,100,100,100,100,-2147483648,5|is no base price",
                "KOSPI,100,100,100,100,999999999999,5|is no base price",
                "KOSPI,100,100,100,100,0,-5|volume is -5, below 0",
                "KOSPI,100,100,100,100,0,999999999999999999|more than can be traded",
                "KOSPI,100,100,100,99999999999999999999,0,5|not a whole number",
                "KOSPI,3000000000,3000000000,3000000000,3000000000,0,5|not a price",
                "KOSPI,100.5,101,100,100,0,5|open is \"100.5\", not a whole number",
                "KOSPI,1,000,1000,1000,1000,0,5|the line has 10 fields, the header 9",
                "KOSPI,\"1,000\",1000,1000,1000,0,5|open is \"1,000\", not a whole number",
                "KOSPI,\"100,100,100,100,0,5|a quote is not closed",
                "KOSPI,\"100\"0,100,100,100,0,5|a quote is not closed",
                "NASDAQ,100,100,100,100,0,5|market is \"NASDAQ\"",
                "KOSPI,1e3,1000,1000,1000,0,5|not a whole number",
                "KOSPI, 100,100,100,100,0,5|not a whole number"
            },
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '\'')
    void anImpossibleRowIsDroppedWithItsReason(String fields, String reason) throws IOException {
        for (int i = 0; i < 99; i++) {
            quiet("%06d".formatted(i), 0);
        }
        raw.append(SESSIONS.get(0)).append(",00000K,").append(fields).append('\n');
        DataReport report = judged();

        assertThat(report.all().impossible()).isEqualTo(1);
        assertThat(report.all().symbols()).isEqualTo(99);
        assertThat(report.files().getFirst().impossibleRows()).singleElement().satisfies(line -> {
            assertThat(line.line()).isEqualTo(101);
            assertThat(line.reason()).contains(reason);
        });
    }

    @Test
    void aFileWithMoreThanOneInAHundredImpossibleIsRefused() throws IOException {
        for (int i = 0; i < 98; i++) {
            quiet("%06d".formatted(i), 0);
        }
        raw.append("\n\n2025-03-31,00000K,KOSPI,9,8,7,9,0,1\n2025-03-31,0000K0,KOSPI,9,8,7,9,0,1\n");
        assertThatThrownBy(this::judged)
                .isInstanceOf(MarketFileException.class)
                .hasMessageContaining("raw.csv, line 102: open 9, high 8, low 7, close 9")
                .hasMessageContaining("1 more like it: of 100 rows more than 1 % are impossible");
    }

    @Test
    void garbageIsGivenUpHalfway() throws IOException {
        StringBuilder text = new StringBuilder(ADJUSTED);
        text.repeat("nothing of the kind\n", 50_000);
        Path file = file("garbage.csv", text);
        assertThatThrownBy(() -> DataCheck.judge(List.of(file)))
                .isInstanceOf(MarketFileException.class)
                .hasMessageContaining("line 2: the line has 1 fields, the header 7")
                .hasMessageContaining("of 10000 rows");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|line 1: the file is empty",
                "'\n\n'|line 1: the file is empty",
                "'date,symbol,open,high,low,close\n'|line 1: column volume is missing",
                "'date,symbol,open,high,low,close,volume,close\n'|line 1: column close stands twice",
                "'<html><body>502 Bad Gateway</body></html>\n'|line 1: column date is missing"
            })
    void aHeaderThatCannotBeIsNamed(String text, String problem) throws IOException {
        Path file = file("bad.csv", text);
        assertThatThrownBy(() -> DataCheck.judge(List.of(file)))
                .isInstanceOf(MarketFileException.class)
                .hasMessageStartingWith(file + ", ")
                .hasMessageContaining(problem)
                .hasMessageMatching("[^\n]*");
    }

    @Test
    void aHeaderAloneIsAFileWithoutRows() throws IOException {
        DataReport report = judged();
        assertThat(report.all().rows()).isZero();
        assertThat(report.all().first()).isNull();
        assertThat(report.missing()).isEmpty();
    }

    @Test
    void aFolderWithoutPricesIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> DataCheck.judge(List.of(folder.resolve("empty"))))
                .isInstanceOf(MarketFileException.class)
                .hasMessageContaining("no price file");
        assertThatThrownBy(() -> DataCheck.judge(List.of(folder.resolve("none.csv"))))
                .isInstanceOf(MarketFileException.class)
                .hasMessageContaining("none.csv");
    }

    @Test
    void columnsInAnyOrderBomReturnsAndQuotesAreRead() throws IOException {
        String text = "\uFEFF\"change\",volume,close,low,high,open,name,market,symbol,date\r\n"
                + "0,5,\"10000\",10000,10000.0,10000,\"A \"\"B\"\", C\",KOSPI,000010,20250331\r\n";
        DataReport report = DataCheck.judge(List.of(file("odd.csv", text)));
        assertThat(report.all().rows()).isEqualTo(1);
        assertThat(report.all().impossible()).isZero();
        assertThat(report.files().getFirst().raw()).isTrue();
        FileMarket market = new FileMarket(List.of(folder.resolve("odd.csv")));
        assertThat(market.listing("000010").orElseThrow().name()).isEqualTo("A \"B\", C");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUC-KR", "UTF-16LE"})
    void aFileInAnotherEncodingIsRefused(String encoding) throws IOException {
        byte[] bytes = ("date,symbol,name,open,high,low,close,volume\n2025-03-31,000010,해태,100,100,100,100,1\n")
                .getBytes(Charset.forName(encoding));
        Path file = Files.write(folder.resolve("korean.csv"), bytes);
        assertThatThrownBy(() -> DataCheck.judge(List.of(file)))
                .isInstanceOf(MarketFileException.class)
                .hasMessageContaining("korean.csv, line ")
                .hasMessageMatching("[^\n\u0000]*");
    }

    @Test
    void gzipIsKnownByItsBytesAndATornOneIsNamedAtEveryLength() throws IOException {
        quietThroughout("000010");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(raw.toString().getBytes(StandardCharsets.UTF_8));
        }
        Path whole = Files.write(folder.resolve("packed.csv"), packed.toByteArray());
        assertThat(DataCheck.judge(List.of(whole)).all().rows()).isEqualTo(12);
        for (int length = 2; length < packed.size(); length++) {
            Path torn = Files.write(folder.resolve("torn.csv.gz"), Arrays.copyOf(packed.toByteArray(), length));
            assertThatThrownBy(() -> DataCheck.judge(List.of(torn)))
                    .as("cut after %d bytes", length)
                    .isInstanceOf(MarketFileException.class)
                    .hasMessageContaining("torn.csv.gz");
        }
    }

    @Test
    void aLineWithoutAnEndDoesNotFillTheMemory() throws IOException {
        Path file = file("long.csv", ADJUSTED + "9".repeat(CsvLines.LONGEST_LINE + 1));
        assertThatThrownBy(() -> DataCheck.judge(List.of(file)))
                .isInstanceOf(MarketFileException.class)
                .hasMessageContaining("line 2: the line is longer than");
    }
}
