package io.haetae.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportPageTest {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    @Test
    void aRunIsOneLineInTheZoneAskedForWithItsLinesUnderIt() {
        String page = render(
                List.of(new DayReport.Run(
                        "2026-03-17T23:45:00Z",
                        "signal_generation",
                        "DONE",
                        "1 signals",
                        List.of("005930: bid 70,000"))),
                List.of());
        assertThat(page)
                .contains("  03-18 08:45  signal_generation  DONE  1 signals\n                 005930: bid 70,000\n");
    }

    @Test
    void aSlotThatWasFilledBeforeIsOneLine() {
        String page = render(
                List.of(new DayReport.Run(
                        "2026-03-18T00:45:00Z", "signal_generation", "ALREADY_DONE", "1 signals", List.of("a line"))),
                List.of());
        assertThat(page)
                .contains("09:45  signal_generation  ALREADY_DONE  1 signals")
                .doesNotContain("a line");
    }

    @Test
    void onlyTheFirstDozenOfARunsLinesAreShown() {
        List<String> lines =
                IntStream.range(0, 20).mapToObj(number -> "line " + number).toList();
        String page = render(
                List.of(new DayReport.Run("2026-03-17T23:45:00Z", "signal_generation", "DONE", "", lines)), List.of());
        assertThat(page).contains("line 11").doesNotContain("line 12").contains("… and 8 more");
    }

    @Test
    void deniedOrdersAreCountedByTheirCodeAndTheOthersListed() {
        String page = render(
                List.of(),
                List.of(
                        order("FILLED", "filled 3 at 100"),
                        order("DENIED", "CASH limit=1 actual=2"),
                        order("DENIED", "CASH limit=1 actual=3"),
                        order("DENIED", "SYMBOL_OPEN limit=none open actual=x")));
        assertThat(page).contains("FILLED  why · filled 3 at 100").contains("and 3 denied, {CASH=2, SYMBOL_OPEN=1}");
    }

    @Test
    void aDayWithoutTradesSaysNone() {
        assertThat(render(List.of(), List.of())).contains("Fills\n  none\n").contains("Positions\n  none\n");
    }

    @Test
    void aDocumentReadBackIsTheDocumentWritten() {
        DayReport report = report(
                List.of(new DayReport.Run("2026-03-17T23:45:00Z", "risk_checks", "DONE", "OK", null)),
                List.of(order("FILLED", "filled 3 at 100")));
        assertThat(DayReport.fromJson(report.toJson())).isEqualTo(report);
    }

    private static DayReport.Order order(String state, String note) {
        return new DayReport.Order(
                "id", "account", "2026-03-18", "005930", "BUY", "LIMIT", "3", "100", state, "0", "why", note);
    }

    private static String render(List<DayReport.Run> runs, List<DayReport.Order> orders) {
        return ReportPage.render(report(runs, orders), SEOUL);
    }

    private static DayReport report(List<DayReport.Run> runs, List<DayReport.Order> orders) {
        DayReport.Account account =
                new DayReport.Account("book", "KIS", "KRW", "100000000", "99000000", "100000000", "ACTIVE");
        return new DayReport(
                "simulated:1",
                "2026-03-18",
                "2026-03-18",
                runs,
                List.of(account),
                orders,
                List.of(),
                List.of(),
                List.of(),
                "ACTIVE",
                List.of());
    }
}
