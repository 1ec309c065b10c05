package io.haetae.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.calendar.XkrxCalendar;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KrxRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 1, 5);
    private static final LocalDate OLD = LocalDate.of(2023, 1, 20);

    private final KrxCosts costs = new KrxCosts(XkrxCalendar.bundled());

    @ParameterizedTest
    @CsvSource({
        "1999, 1",
        "2000, 5",
        "4999, 5",
        "5000, 10",
        "19999, 10",
        "20000, 50",
        "49999, 50",
        "50000, 100",
        "199999, 100",
        "200000, 500",
        "499999, 500",
        "500000, 1000",
        "3000000, 1000"
    })
    void ticksGrowWithThePriceInAllMarketsAlike(long price, long tick) {
        for (KrxMarket market : KrxMarket.values()) {
            assertThat(KrxTicks.tick(TODAY, market, price)).isEqualTo(tick);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "999, 1, 1",
        "1000, 5, 5",
        "5000, 10, 10",
        "10000, 50, 50",
        "50000, 100, 100",
        "100000, 500, 100",
        "500000, 1000, 100"
    })
    void beforeTheCommonTableKosdaqStayedAtAHundredWon(long price, long kospi, long kosdaq) {
        assertThat(KrxTicks.tick(OLD, KrxMarket.KOSPI, price)).isEqualTo(kospi);
        assertThat(KrxTicks.tick(OLD, KrxMarket.KOSDAQ, price)).isEqualTo(kosdaq);
        assertThat(KrxTicks.tick(LocalDate.of(2023, 1, 25), KrxMarket.KOSDAQ, 100_000))
                .isEqualTo(100);
        assertThat(KrxTicks.tick(LocalDate.of(2023, 1, 25), KrxMarket.KOSDAQ, 500_000))
                .isEqualTo(1_000);
    }

    @Test
    void aDateBeforeTheTablesIsAnError() {
        assertThatThrownBy(() -> KrxTicks.tick(LocalDate.of(2020, 12, 30), KrxMarket.KOSPI, 1_000))
                .isInstanceOf(UncoveredDateException.class)
                .hasMessageContaining("2021-01-01");
        assertThatThrownBy(() -> costs.sellTax(LocalDate.of(2020, 12, 30), KrxMarket.KOSPI, 1_000))
                .isInstanceOf(UncoveredDateException.class);
        assertThatThrownBy(() -> costs.sellTax(LocalDate.of(2027, 1, 4), KrxMarket.KOSPI, 1_000))
                .isInstanceOf(UncoveredDateException.class);
    }

    @Test
    void roundingKeepsABuyerFromPayingMoreAndASellerFromTakingLess() {
        assertThat(KrxTicks.roundDown(TODAY, KrxMarket.KOSPI, new BigDecimal("70983.9")))
                .isEqualTo(70_900);
        assertThat(KrxTicks.roundUp(TODAY, KrxMarket.KOSPI, new BigDecimal("70900.1")))
                .isEqualTo(71_000);
        assertThat(KrxTicks.roundUp(TODAY, KrxMarket.KOSPI, new BigDecimal("1999.01")))
                .isEqualTo(2_000);
        assertThat(KrxTicks.roundDown(TODAY, KrxMarket.KOSPI, new BigDecimal("0.9")))
                .isZero();
    }

    @Test
    void everyRoundedPriceIsValidAndWithinOneStep() {
        long seed = 20260105;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            LocalDate date = random.nextBoolean() ? TODAY : OLD;
            KrxMarket market = KrxMarket.values()[random.nextInt(3)];
            long price = 1 + random.nextLong(1_500_000);
            long down = KrxTicks.roundDown(date, market, price);
            long up = KrxTicks.roundUp(date, market, price);
            assertThat(KrxTicks.isValid(date, market, down) && KrxTicks.isValid(date, market, up))
                    .as("seed %d: %s %s %d", seed, date, market, price)
                    .isTrue();
            assertThat(price).isBetween(down, up);
            assertThat(up - down).isLessThanOrEqualTo(KrxTicks.tick(date, market, price));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1995, 2590, 1397",
        "2000, 2600, 1400",
        "4990, 6480, 3495",
        "19990, 25950, 14000",
        "49950, 64900, 35000",
        "199900, 259500, 140000",
        "498500, 648000, 349000",
        "500000, 650000, 350000",
        "276500, 359000, 194000",
        "1, 2, 1",
        "2, 3, 1",
        "3, 4, 2"
    })
    void limitsAreThirtyPercentOnTheSteps(long base, long upper, long lower) {
        assertThat(KrxPriceLimits.around(TODAY, KrxMarket.KOSDAQ, base))
                .isEqualTo(new KrxPriceLimits(base, lower, upper));
    }

    @ParameterizedTest
    @CsvSource({"128500, 167000, 90000", "111000, 144000, 78000"})
    void limitsOnTheOldStepsAreWhatTheBrokerPublished(long base, long upper, long lower) {
        assertThat(KrxPriceLimits.around(OLD, KrxMarket.KOSPI, base)).isEqualTo(new KrxPriceLimits(base, lower, upper));
    }

    @Test
    void aBaseOffItsStepIsRaisedFirst() {
        assertThat(KrxPriceLimits.around(TODAY, KrxMarket.KOSPI, 2_001))
                .isEqualTo(KrxPriceLimits.around(TODAY, KrxMarket.KOSPI, 2_005));
    }

    @Test
    void konexMovesByFifteenPercent() {
        assertThat(KrxPriceLimits.around(TODAY, KrxMarket.KONEX, 10_000))
                .isEqualTo(new KrxPriceLimits(10_000, 8_500, 11_500));
    }

    @ParameterizedTest
    @CsvSource({
        "2021-01-04, 0.23", "2022-12-27, 0.23", "2022-12-28, 0.20", "2023-06-01, 0.20", "2023-12-27, 0.18",
        "2024-12-26, 0.18", "2024-12-27, 0.15", "2025-12-26, 0.15", "2025-12-29, 0.20", "2026-01-02, 0.20",
        "2026-12-30, 0.20"
    })
    void salesAreTaxedByTheYearTheySettleIn(LocalDate date, BigDecimal percent) {
        assertThat(costs.sellTaxPercent(date, KrxMarket.KOSPI)).isEqualByComparingTo(percent);
        assertThat(costs.sellTaxPercent(date, KrxMarket.KOSDAQ)).isEqualByComparingTo(percent);
        assertThat(costs.sellTaxPercent(date, KrxMarket.KONEX)).isEqualByComparingTo("0.10");
    }

    @Test
    void costsAreWholeWonWithTheFractionDropped() {
        assertThat(costs.commission(1_000_000)).isEqualTo(140);
        assertThat(costs.commission(0)).isZero();
        assertThat(costs.sellTax(TODAY, KrxMarket.KOSPI, 999_999)).isEqualTo(1_999);
        assertThat(new KrxCosts(XkrxCalendar.bundled(), BigDecimal.ZERO).commission(1_000_000))
                .isZero();
        assertThat(costs.commission(9_000_000_000_000_000L)).isEqualTo(1_264_743_000_000L);
    }
}
