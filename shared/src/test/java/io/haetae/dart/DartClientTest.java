package io.haetae.dart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.haetae.dart.AnnouncedReport.Form;
import io.haetae.dart.DartException.Kind;
import io.haetae.market.Report;
import io.haetae.market.StatementFigures;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DartClientTest {

    private static final Instant EVENING = Instant.parse("2026-03-18T10:30:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 18);
    private static final String KEY = "a-key-nobody-may-see-a-key-nobody-may-s";
    private static final String NONE = "{\"status\":\"013\",\"message\":\"조회된 데이타가 없습니다.\"}";

    private final VirtualTime time = new VirtualTime(EVENING);
    private ScriptedService service;
    private int allowed = Integer.MAX_VALUE;

    @BeforeEach
    void serve() throws IOException {
        service = new ScriptedService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private DartClient client() {
        return client(KEY);
    }

    private DartClient client(String key) {
        return new DartClient(DartClient.http(), service.base(), key, () -> allowed-- > 0, time);
    }

    private static String frame(String rows) {
        return "{\"status\":\"000\",\"message\":\"정상\",\"page_no\":1,\"page_count\":100,\"total_count\":1,"
                + "\"total_page\":1,\"list\":[" + rows + "]}";
    }

    private static String filing(String company, String symbol, String name, String receipt) {
        return """
                {"corp_code":"%s","corp_name":"가나다","stock_code":"%s","corp_cls":"Y","report_nm":"%s",\
                "rcept_no":"%s","flr_nm":"가나다","rcept_dt":"%s","rm":""}""".formatted(company, symbol, name, receipt, receipt.substring(0, 8));
    }

    private static String row(String company, String basis, String sheet, String name, String amounts) {
        return """
                {"rcept_no":"20260318000101","reprt_code":"11011","bsns_year":"2025","corp_code":"%s",\
                "stock_code":"000010","fs_div":"%s","sj_div":"%s","account_nm":"%s","thstrm_nm":"제 3 기",\
                "thstrm_dt":"2025.12.31 현재",%s,"ord":"1","currency":"KRW"}""".formatted(company, basis, sheet, name, amounts);
    }

    private static String line(String sheet, String id, String name, String detail, String amounts) {
        return """
                {"rcept_no":"20251114000101","reprt_code":"11014","bsns_year":"2025","corp_code":"00100000",\
                "sj_div":"%s","account_id":"%s","account_nm":"%s","account_detail":"%s",%s,"currency":"KRW"}""".formatted(sheet, id, name, detail, amounts);
    }

    private static String amount(String now) {
        return "\"thstrm_amount\":\"" + now + "\"";
    }

    private static String amounts(String now, String toDate, String before, String toDateBefore) {
        return "\"thstrm_amount\":\"%s\",\"thstrm_add_amount\":\"%s\",\"frmtrm_q_amount\":\"%s\",\"frmtrm_add_amount\":\"%s\""
                .formatted(now, toDate, before, toDateBefore);
    }

    private StatementFigures thirdQuarter(String... lines) throws Exception {
        service.json(frame(String.join(",", lines)));
        return client().allFigures(2025, Report.THIRD_QUARTER, "00100000")
                .orElseThrow()
                .figures();
    }

    @Test
    void companiesAreThoseWithAShareWhateverTheirCodesAreMadeOf() throws Exception {
        service.zip("CORPCODE.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <result>
                  <list><corp_code>00100000</corp_code><corp_name>가나다 &amp; 라</corp_name><stock_code>000010</stock_code></list>
                  <list><corp_code>00100037</corp_code><corp_name>없음</corp_name><stock_code> </stock_code></list>
                  <list><corp_code>00100074</corp_code><corp_name>글자</corp_name><stock_code>0126Z0</stock_code></list>
                </result>""");

        assertThat(client().companies())
                .containsExactly(new Company("00100000", "000010", "가나다 & 라"), new Company("00100074", "0126Z0", "글자"));
    }

    /** A refusal of the archive comes as XML, under HTTP 200. */
    @Test
    void aRefusedArchiveTellsItsStatus() {
        service.answer(
                200,
                "application/xml",
                "<result><status>010</status><message>등록되지 않은 키입니다.</message></result>"
                        .getBytes(StandardCharsets.UTF_8));

        DartException refused = catchThrowableOfType(DartException.class, () -> client().companies());

        assertThat(refused.kind()).isEqualTo(Kind.KEY);
        assertThat(refused).hasMessageContainingAll("corpCode", "010", "dart/api-key");
        assertThat(service.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<result><list><corp_code>123</corp_code><stock_code>000010</stock_code></list></result>",
                "<result><list><corp_code>00100000</corp_code><stock_code>12</stock_code></list></result>",
                "<result></result>",
                "<result><list><corp_code>00100000</corp_code>",
                "<!DOCTYPE x [<!ENTITY a \"b\">]><result><list><corp_code>&a;</corp_code></list></result>",
                "",
                "nonsense"
            })
    void anArchiveOfSomethingElseIsNotUnderstood(String content) throws Exception {
        service.zip("CORPCODE.xml", content);

        assertThat(catchThrowableOfType(DartException.class, () -> client().companies())
                        .kind())
                .isEqualTo(Kind.MALFORMED);
    }

    @Test
    void filingsAreReadPageByPageAndOtherKindsLeftOut() throws Exception {
        String first = frame(filing("00100000", "000010", "사업보고서 (2025.12)", "20260318000102") + ","
                        + filing("00100037", "000020", "[기재정정] 분기보고서  (2025.09)", "20260318000101"))
                .replace("\"total_page\":1", "\"total_page\":2");
        String second = frame(filing("00100074", "", "반기보고서 (2025.06)", "20260318000103") + ","
                        + filing("00100111", "000040", "[첨부추가]사업보고서 (2025.12)", "20260318000104") + ","
                        + filing("00100148", "000050", "감사보고서제출", "20260318000105"))
                .replace("\"page_no\":1", "\"page_no\":2")
                .replace("\"total_page\":1", "\"total_page\":2");
        service.json(first).json(second);

        List<AnnouncedReport> reports = client().reports(DAY, DAY);

        assertThat(reports)
                .containsExactly(
                        new AnnouncedReport(
                                "00100037",
                                Optional.of("000020"),
                                Form.QUARTER,
                                YearMonth.of(2025, 9),
                                "20260318000101",
                                DAY,
                                true,
                                true),
                        new AnnouncedReport(
                                "00100000",
                                Optional.of("000010"),
                                Form.ANNUAL,
                                YearMonth.of(2025, 12),
                                "20260318000102",
                                DAY,
                                false,
                                true),
                        new AnnouncedReport(
                                "00100074",
                                Optional.empty(),
                                Form.HALF,
                                YearMonth.of(2025, 6),
                                "20260318000103",
                                DAY,
                                false,
                                true),
                        new AnnouncedReport(
                                "00100111",
                                Optional.of("000040"),
                                Form.ANNUAL,
                                YearMonth.of(2025, 12),
                                "20260318000104",
                                DAY,
                                false,
                                false));
        assertThat(service.asked).hasSize(2);
        assertThat(service.asked.getFirst())
                .contains("bgn_de=20260318", "end_de=20260318", "pblntf_ty=A", "last_reprt_at=N", "page_no=1");
    }

    @Test
    void aDayWithoutFilingsIsEmpty() throws Exception {
        service.json(NONE);

        assertThat(client().reports(DAY, DAY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "12, 3, FIRST_QUARTER",
        "12, 9, THIRD_QUARTER",
        "3, 6, FIRST_QUARTER",
        "3, 12, THIRD_QUARTER",
        "6, 3, THIRD_QUARTER",
        "9, 12, FIRST_QUARTER"
    })
    void aQuarterlyReportIsOfTheFirstOrTheThirdQuarterByTheCompanysYear(int yearEnd, int month, Report report) {
        AnnouncedReport announced = new AnnouncedReport(
                "00100000",
                Optional.empty(),
                Form.QUARTER,
                YearMonth.of(2025, month),
                "20260318000101",
                DAY,
                false,
                true);

        assertThat(announced.report(yearEnd)).isEqualTo(report);
    }

    @Test
    void manyCompaniesAreOneQuestionAndTheGroupsFiguresCount() throws Exception {
        service.json(frame(String.join(
                ",",
                row("00100000", "CFS", "BS", "자산총계", amount("1,000")),
                row("00100000", "CFS", "BS", "유동자산", amount("400")),
                row("00100000", "CFS", "BS", "부채총계", amount("600")),
                row("00100000", "CFS", "BS", "자본총계", amount("400")),
                row("00100000", "CFS", "IS", "매출액", amount("2,000") + ",\"frmtrm_amount\":\"1,600\""),
                row("00100000", "CFS", "IS", "영업이익", amount("-30") + ",\"frmtrm_amount\":\"-\""),
                row("00100000", "CFS", "IS", "당기순이익(손실)", amount("20") + ",\"frmtrm_amount\":\"\""),
                row("00100000", "OFS", "BS", "자산총계", amount("900")),
                row("00100037", "OFS", "BS", "자산총계", amount("70")))));

        List<ReportedFigures> figures =
                client().figures(2025, Report.ANNUAL, List.of("00100000", "00100037", "00100074"));

        assertThat(figures)
                .containsExactly(
                        new ReportedFigures(
                                "00100000",
                                true,
                                "20260318000101",
                                Optional.of(YearMonth.of(2025, 12)),
                                new StatementFigures(
                                        1_000L, 400L, 600L, null, 400L, null, 2_000L, 1_600L, -30L, null, 20L, null,
                                        null, null)),
                        new ReportedFigures(
                                "00100037",
                                false,
                                "20260318000101",
                                Optional.of(YearMonth.of(2025, 12)),
                                new StatementFigures(
                                        70L, null, null, null, null, null, null, null, null, null, null, null, null,
                                        null)));
        assertThat(service.asked)
                .singleElement()
                .asString()
                .contains("corp_code=00100000,00100037,00100074", "bsns_year=2025", "reprt_code=11011");
    }

    /** A web page was once read as "no data", and 100 companies were lost for three years. */
    @Test
    void aPageInPlaceOfAnAnswerHalvesTheQuestion() throws Exception {
        service.html(200)
                .answer(302, "text/html", new byte[0])
                .json(frame(row("00100000", "CFS", "BS", "자산총계", amount("1"))))
                .json(frame(row("00100037", "CFS", "BS", "자산총계", amount("2"))))
                .json(NONE);

        List<ReportedFigures> figures =
                client().figures(2025, Report.ANNUAL, List.of("00100000", "00100037", "00100074", "00100111"));

        assertThat(figures).extracting(ReportedFigures::company).containsExactly("00100000", "00100037");
        assertThat(service.asked).hasSize(5);
    }

    @Test
    void aPageInPlaceOfOneCompanysAnswerMeansThatWeAreShutOut() {
        service.html(200);

        DartException shutOut = catchThrowableOfType(
                DartException.class, () -> client().figures(2025, Report.ANNUAL, List.of("00100000", "00100037")));

        assertThat(shutOut.kind()).isEqualTo(Kind.BLOCKED);
        assertThat(service.asked).hasSize(2);
    }

    @Test
    void moreThanFiftyCompaniesAreSeveralQuestions() throws Exception {
        service.json(NONE);
        List<String> companies =
                IntStream.range(0, 120).mapToObj("%08d"::formatted).toList();

        assertThat(client().figures(2025, Report.ANNUAL, companies)).isEmpty();
        assertThat(service.asked).hasSize(3);
    }

    @Test
    void withoutAGroupTheCompanysOwnStatementsAreAsked() throws Exception {
        service.json(NONE).json(frame(line("BS", "ifrs-full_Assets", "자산총계", "-", amount("5"))));

        ReportedFigures figures =
                client().allFigures(2025, Report.THIRD_QUARTER, "00100000").orElseThrow();

        assertThat(figures.consolidated()).isFalse();
        assertThat(figures.figures().assets()).isEqualTo(5);
        assertThat(service.asked.get(0)).contains("fs_div=CFS");
        assertThat(service.asked.get(1)).contains("fs_div=OFS");
    }

    @Test
    void incomeOfAQuarterlyReportRunsFromTheStartOfTheYear() throws Exception {
        StatementFigures figures = thirdQuarter(
                line("CIS", "ifrs-full_Revenue", "매출액", "-", amounts("30", "80", "25", "70")),
                line("CIS", "dart_OperatingIncomeLoss", "영업이익(손실)", "-", amounts("3", "", "2", "7")),
                line("CF", "ifrs-full_ProfitLoss", "당기순이익", "-", amounts("9", "9", "9", "9")));

        assertThat(figures.revenue()).isEqualTo(80);
        assertThat(figures.priorRevenue()).isEqualTo(70);
        assertThat(figures.operatingProfit())
                .as("three months never stand in for nine")
                .isNull();
        assertThat(figures.netProfit()).as("not from the cash flow").isNull();
    }

    @Test
    void accountsAreFoundByNumberThenByNameAndPartsAreLeftOut() throws Exception {
        StatementFigures figures = thirdQuarter(
                line("SCE", "ifrs-full_Equity", "자본총계", "자본 [구성요소]", amount("1")),
                line("BS", "ifrs-full_Equity", "자본총계", "자본 [구성요소]|지배", amount("2")),
                line("BS", "ifrs-full_Equity", "자본총계", "-", amount("300")),
                line("BS", "ifrs-full_EquityAttributableToOwnersOfParent", "지배", "-", amount("280")),
                line("CIS", "ifrs-full_GrossProfit", "Ⅰ. 영업수익", "-", amounts("1", "50", "1", "40")),
                line("CIS", "-표준계정코드 미사용-", "연결분기순이익", "-", amounts("1", "6", "1", "5")),
                line(
                        "CIS",
                        "ifrs-full_ProfitLossAttributableToOwnersOfParent",
                        "지배기업 소유주지분",
                        "-",
                        amounts("1", "4", "1", "3")),
                line("IS", "x", "영업이익(손실)", "-", amounts("1", "8", "1", "9")),
                line("CIS", "dart_OperatingIncomeLoss", "영업이익", "-", amounts("1", "7", "1", "6")));

        assertThat(figures.equity()).isEqualTo(300);
        assertThat(figures.ownersEquity()).isEqualTo(280);
        assertThat(figures.revenue()).isEqualTo(50);
        assertThat(figures.netProfit()).isEqualTo(6);
        assertThat(figures.ownersProfit()).isEqualTo(4);
        assertThat(figures.priorOwnersProfit()).isEqualTo(3);
        assertThat(figures.operatingProfit()).as("its number before its name").isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
                    1,234,567      | 1234567
                    -1,234         | -1234
                    0              | 0
                    12.75          | 12
                    195936557000000| 195936557000000
                    -              | null
                    ''             | null
                    1,23           | null
                    (1,234)        | null
                    +5             | null
                    1e5            | null
                    99999999999999999999 | null
                    999,999,999,999,999,999,999 | null
                    abc            | null
                    """)
    void amountsAreWholeWonOrUnknown(String text, @org.jspecify.annotations.Nullable Long won) {
        assertThat(AccountsParser.amount(text)).isEqualTo(won);
    }

    @Test
    void amountsInAnotherCurrencyAreLeftOut() throws Exception {
        service.json(frame(row("00100000", "CFS", "BS", "자산총계", amount("5")).replace("KRW", "USD")));

        assertThat(client().figures(2025, Report.ANNUAL, List.of("00100000"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "010, KEY, 1",
        "011, KEY, 1",
        "012, KEY, 1",
        "901, KEY, 1",
        "020, QUOTA, 1",
        "021, QUESTION, 1",
        "100, QUESTION, 1",
        "101, QUESTION, 1",
        "800, UNAVAILABLE, 3",
        "900, UNAVAILABLE, 3",
        "777, MALFORMED, 3"
    })
    void aStatusDecidesWhatToDo(String status, Kind kind, int asked) {
        service.json("{\"status\":\"%s\",\"message\":\"이유\"}".formatted(status));

        DartException refused = catchThrowableOfType(
                DartException.class, () -> client().figures(2025, Report.ANNUAL, List.of("00100000")));

        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(refused).hasMessageContainingAll("fnlttMultiAcnt", "2025 annual", status, "이유");
        assertThat(service.asked).hasSize(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"013", "014"})
    void aSettledAbsenceIsNoTrouble(String status) throws Exception {
        service.json("{\"status\":\"%s\",\"message\":\"없음\"}".formatted(status));

        assertThat(client().figures(2025, Report.ANNUAL, List.of("00100000"))).isEmpty();
        assertThat(client().allFigures(2025, Report.ANNUAL, "00100000")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"status\":\"000\"}",
                "{\"list\":[]}",
                "{\"status\":\"000\",\"list\":{}}",
                "{\"status\":\"000\",\"list\":[1]}",
                "{\"status\":\"000\",\"list\":[{\"corp_code\":\"1\",\"rcept_no\":\"20260318000101\"}]}",
                "{\"status\":\"000\",\"list\":[{\"corp_code\":\"00100000\",\"rcept_no\":\"2026\"}]}",
                "{\"status\":\"000\",\"list\":[{\"corp_code\":[],\"rcept_no\":\"20260318000101\"}]}",
                "{\"status\":\"000\",\"list\":[]}trailing",
                "{\"status\":\"000\",\"list\":[{\"corp_code\":\"001"
            })
    void anAnswerThatIsNoneIsTriedAgainThenNamed(String body) {
        service.json(body);

        DartException broken = catchThrowableOfType(
                DartException.class, () -> client().figures(2025, Report.ANNUAL, List.of("00100000")));

        assertThat(broken.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(broken).hasMessageStartingWith("OpenDART fnlttMultiAcnt of 1 companies, 2025 annual: ");
        assertThat(service.asked).hasSize(3);
    }

    @Test
    void bytesThatAreNoTextAreNotUnderstood() {
        service.answer(200, "application/json", new byte[] {'{', '"', (byte) 0xC3, '"', ':', (byte) 0xFF, '}'});

        assertThat(catchThrowableOfType(DartException.class, () -> client().reports(DAY, DAY))
                        .kind())
                .isEqualTo(Kind.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"403, UNAVAILABLE", "429, UNAVAILABLE", "500, UNAVAILABLE", "503, UNAVAILABLE", "404, MALFORMED"})
    void anHttpStatusThatIsNotFineIsTrouble(int status, Kind kind) {
        service.answer(status, "text/plain", "x".getBytes(StandardCharsets.UTF_8));

        assertThat(catchThrowableOfType(DartException.class, () -> client().reports(DAY, DAY))
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void aRedirectionIsNotFollowed() {
        service.answer(302, "text/html", new byte[0]);

        DartException led = catchThrowableOfType(DartException.class, () -> client().reports(DAY, DAY));

        assertThat(led.kind()).isEqualTo(Kind.NOT_DATA);
        assertThat(service.asked).singleElement().asString().doesNotContain("error1");
    }

    /** Resets without a status mean that the address is shut out: asking on makes it last longer. */
    @Test
    void afterThreeCutConnectionsNothingMoreIsAsked() {
        service.dropped();
        DartClient client = client();

        DartException first = catchThrowableOfType(DartException.class, () -> client.reports(DAY, DAY));
        DartException second = catchThrowableOfType(DartException.class, client::companies);

        assertThat(first.kind()).isEqualTo(Kind.BLOCKED);
        assertThat(second.kind()).isEqualTo(Kind.BLOCKED);
        assertThat(service.asked).hasSize(3);
    }

    @Test
    void anAnswerThatWasCutOffIsTriedAgain() throws Exception {
        service.cutOff("{\"status\":\"000\",").dropped().json(NONE);

        assertThat(client().reports(DAY, DAY)).isEmpty();
        assertThat(service.asked).hasSize(3);
    }

    @Test
    void callsAreSpacedOut() throws Exception {
        service.json(NONE);
        DartClient client = client();

        for (int i = 0; i < 5; i++) {
            client.reports(DAY, DAY);
        }

        assertThat(time.now()).isEqualTo(EVENING.plusMillis(1_000));
    }

    @Test
    void theDaysAllowanceEndsTheAsking() throws Exception {
        service.json(NONE);
        allowed = 2;
        DartClient client = client();
        client.reports(DAY, DAY);
        client.reports(DAY, DAY);

        DartException over = catchThrowableOfType(DartException.class, () -> client.reports(DAY, DAY));

        assertThat(over.kind()).isEqualTo(Kind.QUOTA);
        assertThat(service.asked).hasSize(2);
    }

    @Test
    void aKeyThatCanBeNoneIsNotSent() {
        DartException refused = catchThrowableOfType(
                DartException.class, () -> client("a key with\nbreaks").companies());

        assertThat(refused.kind()).isEqualTo(Kind.KEY);
        assertThat(service.asked).isEmpty();
    }

    /** The key stands in the address, so no message and no cause may carry that. */
    @Test
    void noTroubleTellsTheKey() {
        service.dropped();
        DartException cut = catchThrowableOfType(DartException.class, () -> client().reports(DAY, DAY));
        service.close();
        DartException closed = catchThrowableOfType(DartException.class, () -> client().reports(DAY, DAY));

        for (DartException trouble : List.of(cut, closed)) {
            for (Throwable each = trouble; each != null; each = each.getCause()) {
                assertThat(each.toString()).doesNotContain(KEY).doesNotContain("crtfc_key");
            }
        }
    }
}
