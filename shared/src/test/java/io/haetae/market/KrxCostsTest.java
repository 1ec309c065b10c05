package io.haetae.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KrxCostsTest {

    private static final TradingCalendar CALENDAR = XkrxCalendar.bundled();
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 5);
    private static final KrxProduct FUND = KrxProduct.etf(BigDecimal.ONE);

    private final KrxCosts costs = new KrxCosts(CALENDAR);
    private final KrxSettlement settlement = new KrxSettlement(CALENDAR);

    @ParameterizedTest
    @CsvSource({
        "2021-01-04, 0.23", "2021-12-30, 0.23", "2022-12-27, 0.23", "2022-12-28, 0.20", "2023-06-01, 0.20",
        "2023-12-26, 0.20", "2023-12-27, 0.18", "2024-12-26, 0.18", "2024-12-27, 0.15", "2025-12-26, 0.15",
        "2025-12-29, 0.20", "2026-01-02, 0.20", "2026-12-30, 0.20"
    })
    void salesAreTaxedByTheYearTheySettleIn(LocalDate date, BigDecimal percent) {
        assertThat(costs.sellTaxPercent(date, KrxMarket.KOSPI)).isEqualByComparingTo(percent);
        assertThat(costs.sellTaxPercent(date, KrxMarket.KOSDAQ)).isEqualByComparingTo(percent);
        assertThat(costs.sellTaxPercent(date, KrxMarket.KONEX)).isEqualByComparingTo("0.10");
    }

    @ParameterizedTest
    @CsvSource({"ETF", "ETN"})
    void fundsAndNotesAreNotTaxed(KrxProduct.Kind kind) {
        KrxProduct product = new KrxProduct(kind, BigDecimal.TWO);
        assertThat(costs.sellTax(TODAY, KrxMarket.KOSPI, product, 1_081_000)).isZero();
        assertThat(costs.sellTax(TODAY, KrxMarket.KOSPI, KrxProduct.ELW, 1_081_000))
                .isZero();
        assertThatThrownBy(() -> costs.sellTax(LocalDate.of(2020, 12, 30), KrxMarket.KOSPI, product, 1))
                .isInstanceOf(UncoveredDateException.class);
    }

    @Test
    void taxesAreKnownFrom2021ToTheEndOfTheCalendar() {
        assertThatThrownBy(() -> costs.sellTax(LocalDate.of(2020, 12, 30), KrxMarket.KOSPI, 1_000))
                .isInstanceOf(UncoveredDateException.class)
                .hasMessageContaining("2021-01-01");
        LocalDate after = CALENDAR.lastKnown().plusDays(4);
        assertThatThrownBy(() -> costs.sellTax(after, KrxMarket.KONEX, 1_000))
                .isInstanceOf(UncoveredDateException.class)
                .hasMessageContaining(CALENDAR.lastKnown().toString());
    }

    @Test
    void costsAreWholeWonWithTheFractionDropped() {
        assertThat(costs.commission(1_000_000)).isEqualTo(140);
        assertThat(costs.commission(0)).isZero();
        assertThat(costs.commission(FUND, 1_000_000)).isEqualTo(146);
        assertThat(costs.sellTax(TODAY, KrxMarket.KOSPI, 999_999)).isEqualTo(1_999);
        assertThat(costs.sellTax(TODAY, KrxMarket.KONEX, 999_999)).isEqualTo(999);
        assertThat(costs.sellTax(TODAY, KrxMarket.KOSPI, 499)).isZero();
        assertThat(costs.sellTax(TODAY, KrxMarket.KOSPI, 500)).isEqualTo(1);
        assertThat(costs.commission(9_000_000_000_000_000L)).isEqualTo(1_264_743_000_000L);
        assertThatThrownBy(() -> costs.commission(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCommissionIsAPercentage() {
        KrxCosts other = new KrxCosts(CALENDAR, new BigDecimal("0.5"), BigDecimal.ZERO);
        assertThat(other.commission(1_000)).isEqualTo(5);
        assertThat(other.commission(FUND, 1_000)).isZero();
        for (String wrong : new String[] {"-0.1", "100"}) {
            assertThatThrownBy(() -> new KrxCosts(CALENDAR, new BigDecimal(wrong), BigDecimal.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new KrxCosts(CALENDAR, BigDecimal.ZERO, new BigDecimal(wrong)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05, 2026-01-07",
        "2026-01-08, 2026-01-12",
        "2026-01-09, 2026-01-13",
        "2024-02-07, 2024-02-13",
        "2024-12-26, 2024-12-30",
        "2024-12-27, 2025-01-02",
        "2025-12-29, 2026-01-02",
        "2020-12-29, 2021-01-04"
    })
    void aTradeIsPaidTwoSessionsLater(LocalDate trade, LocalDate paid) {
        assertThat(settlement.of(trade)).isEqualTo(paid);
    }

    @Test
    void aSettlementTheCalendarDoesNotKnowIsAnError() {
        LocalDate last = CALENDAR.previous(CALENDAR.lastKnown().plusDays(1)).date();
        LocalDate lastButTwo = CALENDAR.back(last, 2).date();
        assertThat(settlement.of(lastButTwo)).isEqualTo(last);
        assertThatThrownBy(() -> settlement.of(CALENDAR.previous(last).date()))
                .isInstanceOf(UncoveredDateException.class)
                .hasMessageContaining(last.getYear() + "");
        assertThatThrownBy(() -> settlement.of(CALENDAR.firstKnown().minusDays(1)))
                .isInstanceOf(UncoveredDateException.class);
        assertThatThrownBy(() -> settlement.of(LocalDate.of(2026, 1, 10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a session");
    }
}
