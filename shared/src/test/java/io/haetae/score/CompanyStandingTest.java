package io.haetae.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.market.Report;
import io.haetae.market.Statement;
import io.haetae.market.StatementFigures;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CompanyStandingTest {

    private static final LocalDate SESSION = LocalDate.of(2025, 11, 20);

    private static Statement statement(
            Report report, String end, boolean group, LocalDate received, int number, StatementFigures figures) {
        return new Statement(
                "00100000",
                "000010",
                report,
                YearMonth.parse(end),
                group,
                received.toString().replace("-", "") + "%06d".formatted(number),
                received,
                figures);
    }

    /** Revenue, operating and net profit: the year so far, and the same months of the year before. */
    private static StatementFigures income(long revenue, long before, long operating, long net, long netBefore) {
        return new StatementFigures(
                1_000L,
                300L,
                600L,
                200L,
                400L,
                null,
                revenue,
                before,
                operating,
                operating / 2,
                net,
                netBefore,
                null,
                null);
    }

    private static Statement annual(LocalDate received) {
        return statement(Report.ANNUAL, "2024-12", true, received, 1, income(1_000, 900, 100, 80, 60));
    }

    private static Statement nineMonths(LocalDate received, int number, long revenue) {
        return statement(Report.THIRD_QUARTER, "2025-09", true, received, number, income(revenue, 700, 90, 66, 60));
    }

    private static CompanyStanding standing(LocalDate session, Statement... statements) {
        return Objects.requireNonNull(
                CompanyStanding.asOf(session, List.of(statements)).get("00001"));
    }

    @Test
    void twelveMonthsAreTheLastYearAndThisOneLessTheSameMonthsBefore() {
        CompanyStanding standing =
                standing(SESSION, annual(LocalDate.of(2025, 3, 20)), nineMonths(LocalDate.of(2025, 11, 14), 1, 840));

        assertThat(standing.revenue()).isEqualTo(1_000 + 840 - 700);
        assertThat(standing.revenueGrowth()).isCloseTo(20, within(1e-9));
        assertThat(standing.earningsGrowth()).isCloseTo(10, within(1e-9));
        assertThat(standing.operatingMargin()).isCloseTo((100 + 90 - 45) * 100.0 / 1_140, within(1e-9));
        assertThat(standing.netMargin()).isCloseTo((80 + 66 - 60) * 100.0 / 1_140, within(1e-9));
        assertThat(standing.roe()).isCloseTo(86 * 100.0 / 400, within(1e-9));
        assertThat(standing.debtRatio()).isCloseTo(60, within(1e-9));
        assertThat(standing.currentRatio()).isCloseTo(1.5, within(1e-9));
        assertThat(standing.equityGrowth()).as("no report of a year before").isNull();
    }

    @Test
    void withoutTheYearBeforeThereIsNoTwelveMonthsFigure() {
        CompanyStanding standing = standing(SESSION, nineMonths(LocalDate.of(2025, 11, 14), 1, 840));

        assertThat(standing.revenue()).isNull();
        assertThat(standing.netMargin()).isNull();
        assertThat(standing.revenueGrowth()).isCloseTo(20, within(1e-9));
    }

    /** A filing has a date and no hour: it may have come after the session. */
    @Test
    void whatIsReceivedOnTheSessionIsNotKnownYet() {
        Statement[] known = {annual(LocalDate.of(2025, 3, 20)), nineMonths(SESSION, 1, 840)};

        assertThat(standing(SESSION, known)).isEqualTo(standing(SESSION, known[0]));
        assertThat(standing(SESSION.plusDays(1), known)).isNotEqualTo(standing(SESSION.plusDays(1), known[0]));
    }

    @Test
    void aCorrectionCountsFromItsOwnReceipt() {
        Statement original = nineMonths(LocalDate.of(2025, 11, 14), 1, 840);
        Statement correction = nineMonths(LocalDate.of(2025, 11, 25), 1, 770);

        CompanyStanding before = standing(LocalDate.of(2025, 11, 25), original, correction);
        CompanyStanding after = standing(LocalDate.of(2025, 11, 26), correction, original);

        assertThat(before).isEqualTo(standing(LocalDate.of(2025, 11, 25), original));
        assertThat(after.revenueGrowth()).isCloseTo(10, within(1e-9));
    }

    /** A company's own figures against its group's would be growth of nothing. */
    @Test
    void aGroupsFiguresAreNeverMixedWithTheCompanysOwn() {
        Statement alone =
                statement(Report.ANNUAL, "2024-12", false, LocalDate.of(2025, 3, 20), 1, income(500, 450, 50, 40, 30));

        CompanyStanding standing = standing(SESSION, alone, nineMonths(LocalDate.of(2025, 11, 14), 1, 840));

        assertThat(standing.revenue()).isNull();
    }

    @Test
    void aYearThatEndsInMarchPairsByItsOwnEnd() {
        Statement year = statement(
                Report.ANNUAL, "2025-03", true, LocalDate.of(2025, 6, 20), 1, income(1_000, 900, 100, 80, 60));
        Statement other = statement(
                Report.ANNUAL, "2024-12", true, LocalDate.of(2025, 3, 20), 1, income(7_777, 900, 100, 80, 60));
        Statement half =
                statement(Report.HALF, "2025-09", true, LocalDate.of(2025, 11, 14), 1, income(550, 500, 60, 45, 40));

        CompanyStanding standing = standing(SESSION, other, year, half);

        assertThat(standing.revenue()).isEqualTo(1_050);
    }

    @Test
    void basesThatAreNotAboveZeroGiveNoNumber() {
        StatementFigures poor =
                new StatementFigures(0L, 100L, 600L, 0L, -50L, null, 10L, 0L, 5L, null, 7L, -3L, null, null);

        CompanyStanding standing =
                standing(SESSION, statement(Report.ANNUAL, "2025-06", true, LocalDate.of(2025, 9, 20), 1, poor));

        assertThat(standing.revenueGrowth()).isNull();
        assertThat(standing.earningsGrowth()).isNull();
        assertThat(standing.roe()).isNull();
        assertThat(standing.debtRatio()).isNull();
        assertThat(standing.currentRatio()).isNull();
    }

    @Test
    void aBankHasNoMarginAndNoCurrentRatio() {
        StatementFigures bank =
                new StatementFigures(1_000L, null, 900L, null, 100L, null, null, null, 20L, 18L, 12L, 10L, null, null);

        CompanyStanding standing =
                standing(SESSION, statement(Report.ANNUAL, "2025-06", true, LocalDate.of(2025, 9, 20), 1, bank));

        assertThat(standing.operatingMargin()).isNull();
        assertThat(standing.currentRatio()).isNull();
        assertThat(standing.revenueGrowth()).isNull();
        assertThat(standing.roe()).isCloseTo(12, within(1e-9));
        assertThat(standing.debtRatio()).isCloseTo(90, within(1e-9));
    }

    @Test
    void theOwnersPartCountsWhereTheFilingHasIt() {
        StatementFigures parted =
                new StatementFigures(1_000L, 1L, 500L, 1L, 500L, 400L, 100L, 90L, 20L, 18L, 60L, 50L, 40L, 20L);

        CompanyStanding standing =
                standing(SESSION, statement(Report.ANNUAL, "2025-06", true, LocalDate.of(2025, 9, 20), 1, parted));

        assertThat(standing.roe()).isCloseTo(10, within(1e-9));
        assertThat(standing.earningsGrowth()).isCloseTo(100, within(1e-9));
    }

    @Test
    void equityGrowsAgainstTheSameReportAYearBefore() {
        StatementFigures then = new StatementFigures(1L, 1L, 1L, 1L, 320L, null, 1L, 1L, 1L, 1L, 1L, 1L, null, null);

        CompanyStanding standing = standing(
                SESSION,
                statement(Report.THIRD_QUARTER, "2024-09", true, LocalDate.of(2024, 11, 14), 1, then),
                nineMonths(LocalDate.of(2025, 11, 14), 1, 840));

        assertThat(standing.equityGrowth()).isCloseTo(25, within(1e-9));
    }

    @Test
    void earningsAndBookValueAShareComeFromStatementsWhereTheBrokerIsSilent() {
        CompanyStanding standing =
                standing(SESSION, annual(LocalDate.of(2025, 3, 20)), nineMonths(LocalDate.of(2025, 11, 14), 1, 840));

        Financials silent = Financials.of(null, 10_000, standing, 40);
        Financials spoken = Financials.of(new Fundamentals("000010", null, null, 500.0, 5_000.0), 10_000, standing, 40);
        Financials uncounted = Financials.of(null, 10_000, standing, 0);

        assertThat(standing.profit()).isEqualTo(80 + 66 - 60);
        assertThat(silent.eps()).isCloseTo(86 / 40.0, within(1e-9));
        assertThat(silent.bps()).isCloseTo(400 / 40.0, within(1e-9));
        assertThat(silent.per()).isCloseTo(10_000 / 2.15, within(1e-9));
        assertThat(silent.pbr()).isCloseTo(1_000, within(1e-9));
        assertThat(silent.roa()).isCloseTo(8.6, within(1e-9));
        assertThat(spoken.eps()).isEqualTo(500);
        assertThat(spoken.per()).isEqualTo(20);
        assertThat(spoken.pbr()).isEqualTo(2);
        assertThat(uncounted.eps()).isNull();
        assertThat(uncounted.per()).isNull();
    }

    @Test
    void aLossAndANegativeBookValueAreKnownAndNoProfitAtAllHasNoRatio() {
        CompanyStanding loss = standing(
                SESSION,
                statement(
                        Report.ANNUAL,
                        "2025-06",
                        true,
                        LocalDate.of(2025, 9, 20),
                        1,
                        new StatementFigures(
                                1_000L, 1L, 1_400L, 1L, -400L, null, 10L, 9L, 5L, null, -80L, -160L, null, null)));
        CompanyStanding even = standing(
                SESSION,
                statement(
                        Report.ANNUAL,
                        "2025-06",
                        true,
                        LocalDate.of(2025, 9, 20),
                        1,
                        new StatementFigures(1_000L, 1L, 1L, 1L, 1L, null, 10L, 9L, 5L, null, 0L, 0L, null, null)));

        assertThat(Financials.of(null, 10_000, loss, 40).eps()).isEqualTo(-2);
        assertThat(Financials.of(null, 10_000, loss, 40).per()).isEqualTo(-5_000);
        assertThat(Financials.of(null, 10_000, loss, 40).pbr()).isEqualTo(-1_000);
        assertThat(loss.profitGrowth()).as("half the loss").isCloseTo(50, within(1e-9));
        assertThat(loss.roe()).isNull();
        assertThat(Financials.of(null, 10_000, even, 40).eps()).isZero();
        assertThat(Financials.of(null, 10_000, even, 40).per()).isNull();
        assertThat(even.profitGrowth()).as("on nothing").isNull();
    }

    @Test
    void earningsAShareGrowAgainstTheTwelveMonthsBefore() {
        CompanyStanding standing = standing(
                SESSION,
                annual(LocalDate.of(2025, 3, 20)),
                statement(
                        Report.THIRD_QUARTER,
                        "2024-09",
                        true,
                        LocalDate.of(2024, 11, 14),
                        1,
                        income(700, 650, 60, 60, 50)),
                nineMonths(LocalDate.of(2025, 11, 14), 1, 840));

        // Now 80 + 66 − 60; the year before 60 + 60 − 50.
        assertThat(standing.profitGrowth()).isCloseTo((86 - 70) * 100 / 70.0, within(1e-9));
    }

    @Test
    void quartersAreTheDifferencesOfTheReportsOfAYear() {
        CompanyHistory history = standing(
                        SESSION,
                        profit(Report.ANNUAL, "2023-12", 100, 90),
                        profit(Report.FIRST_QUARTER, "2024-03", 20, 15),
                        profit(Report.HALF, "2024-06", 50, 40),
                        profit(Report.THIRD_QUARTER, "2024-09", 75, 70),
                        profit(Report.ANNUAL, "2024-12", 95, 100),
                        profit(Report.FIRST_QUARTER, "2025-03", 30, 20),
                        profit(Report.HALF, "2025-06", 60, 50),
                        profit(Report.THIRD_QUARTER, "2025-09", 90, 75))
                .history();

        // From the last quarter of 2023 on: 30, 20, 30, 25, 20, 30, 30, 30.
        double[] quarters = {100 - 70, 20, 30, 25, 20, 30, 30, 30};
        assertThat(history).isEqualTo(CompanyHistory.of(quarters, new double[] {60, 60, 60, 60, 60, 60, 60, 60}));
        assertThat(history.quarters()).isEqualTo(8);
        assertThat(history.debtTrend()).isZero();
    }

    /** Each filing tells the year before too, so four of them tell of seven quarters. */
    @Test
    void theYearBeforeIsKnownFromTheFilingsOfThisOne() {
        CompanyHistory history = standing(
                        SESSION,
                        profit(Report.ANNUAL, "2024-12", 95, 100),
                        profit(Report.FIRST_QUARTER, "2025-03", 30, 20),
                        profit(Report.HALF, "2025-06", 60, 50),
                        profit(Report.THIRD_QUARTER, "2025-09", 90, 75))
                .history();

        assertThat(history)
                .isEqualTo(CompanyHistory.of(
                        new double[] {Double.NaN, 20, 30, 25, 20, 30, 30, 30},
                        new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, 60, 60, 60, 60}));
    }

    private static Statement profit(Report report, String end, long net, long before) {
        return statement(
                report,
                end,
                true,
                YearMonth.parse(end).atEndOfMonth().plusDays(45),
                1,
                income(1_000, 900, 100, net, before));
    }

    @Test
    void aCompanyThatStoppedFilingIsNotKnown() {
        assertThat(CompanyStanding.asOf(LocalDate.of(2026, 1, 2), List.of(annual(LocalDate.of(2025, 3, 20)))))
                .isEmpty();
    }

    /** Invariant of point in time: a session's scores are the same whatever is filed from that session on. */
    @Test
    void nothingFiledOnOrAfterTheSessionChangesItsScores() {
        List<Statement> known =
                List.of(annual(LocalDate.of(2025, 3, 20)), nineMonths(LocalDate.of(2025, 11, 14), 1, 840));
        List<Statement> more = new ArrayList<>(known);
        more.add(nineMonths(SESSION, 1, 9_999));
        more.add(nineMonths(SESSION.plusDays(3), 1, 1));
        more.add(statement(
                Report.ANNUAL, "2025-12", true, LocalDate.of(2026, 3, 20), 1, income(5_000, 900, 100, 80, 60)));

        assertThat(sheet(more)).isEqualTo(sheet(known)).isNotEqualTo(sheet(List.of()));
    }

    @Test
    void aPreferredShareHasItsCompanysStatementsAndSalesAreSharedByAllClasses() {
        ScoreSheet sheet =
                sheet(List.of(annual(LocalDate.of(2025, 3, 20)), nineMonths(LocalDate.of(2025, 11, 14), 1, 840)));
        Financials common = sheet.score("000010").orElseThrow().financials();
        Financials preferred = sheet.score("00001K").orElseThrow().financials();

        assertThat(common.psr()).isCloseTo(10_000 / (1_140.0 / 40), within(1e-9));
        assertThat(preferred.psr()).isCloseTo(5_000 / (1_140.0 / 40), within(1e-9));
        assertThat(preferred.debtRatio()).isEqualTo(common.debtRatio());
        assertThat(sheet.score("999990").orElseThrow().financials()).isEqualTo(Financials.UNKNOWN);
    }

    @Test
    void metricsWithoutASourceAreNamedAndThoseWithOneAreNot() {
        assertThat(sheet(List.of()).warnings())
                .singleElement()
                .asString()
                .contains("revenue_growth", "earnings_growth", "operating_margin", "debt_ratio", "psr");
        assertThat(sheet(List.of(annual(LocalDate.of(2025, 3, 20)), nineMonths(LocalDate.of(2025, 11, 14), 1, 840)))
                        .warnings())
                .singleElement()
                .asString()
                .doesNotContain("revenue_growth")
                .doesNotContain("operating_margin")
                .contains("dividend_yield");
    }

    @Test
    void theStatementsReturnOnEquityHidesNeitherTheBrokersNorItsRatios() {
        Fundamentals broker = new Fundamentals("000010", 8.0, 0.9, 500.0, 5_000.0);

        assertThat(Financials.of(broker, 10_000, null, 0).roe()).isCloseTo(10, within(1e-9));
        CompanyStanding poor = new CompanyStanding(
                null, null, null, null, 1.0, null, null, null, null, null, null, null, null, CompanyHistory.UNKNOWN);
        assertThat(Financials.of(broker, 10_000, poor, 0).roe()).isCloseTo(10, within(1e-9));
        assertThat(Financials.of(broker, 10_000, poor, 0).per()).isEqualTo(8.0);
        assertThat(Financials.of(null, 10_000, poor, 0).per()).isNull();
        assertThat(Financials.of(null, 10_000, poor, 0).revenueGrowth()).isEqualTo(1.0);
    }

    private static ScoreSheet sheet(List<Statement> statements) {
        List<DailyRow> rows = List.of(row("000010", 10_000, 30), row("00001K", 5_000, 10), row("999990", 100, 1));
        MarketDay day = new MarketDay(SESSION, PriceSource.OFFICIAL, "a", rows);
        return Scorer.score(day, new IndicatorSnapshot(SESSION, "a", List.of()), List.of(), statements);
    }

    private static DailyRow row(String symbol, long close, long shares) {
        return new DailyRow(symbol, "회사", KrxMarket.KOSPI, close, close, close, close, 0, 10, 10, shares);
    }
}
