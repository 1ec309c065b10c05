package io.haetae.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KrxPriceLimitsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 1, 5);
    private static final LocalDate OLD = LocalDate.of(2023, 1, 24);

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
        "10, 13, 7",
        "4, 5, 3",
        "3, 4, 2",
        "2, 3, 1",
        "1, 2, 1"
    })
    void limitsAreThirtyPercentOnTheSteps(long base, long upper, long lower) {
        assertThat(KrxPriceLimits.around(TODAY, KrxMarket.KOSPI, base))
                .isEqualTo(new KrxPriceLimits(base, lower, upper));
        assertThat(KrxPriceLimits.around(TODAY, KrxMarket.KOSDAQ, base))
                .isEqualTo(new KrxPriceLimits(base, lower, upper));
    }

    @ParameterizedTest
    @CsvSource({"KOSPI, 128500, 167000, 90000", "KOSPI, 111000, 144000, 78000", "KOSDAQ, 9480, 12300, 6640"})
    void limitsOnTheOldSteps(KrxMarket market, long base, long upper, long lower) {
        assertThat(KrxPriceLimits.around(OLD, market, base)).isEqualTo(new KrxPriceLimits(base, lower, upper));
    }

    @Test
    void theNewStepsHoldFromTheirFirstDay() {
        assertThat(KrxPriceLimits.around(OLD, KrxMarket.KOSPI, 128_500).upper()).isEqualTo(167_000);
        assertThat(KrxPriceLimits.around(OLD.plusDays(1), KrxMarket.KOSPI, 128_600)
                        .upper())
                .isEqualTo(167_100);
    }

    @ParameterizedTest
    @CsvSource({"2001, 2005", "1999, 1999", "199950, 200000", "4, 4"})
    void aBaseOffItsStepIsRaisedFirst(long base, long raised) {
        assertThat(KrxPriceLimits.around(TODAY, KrxMarket.KOSPI, base))
                .isEqualTo(KrxPriceLimits.around(TODAY, KrxMarket.KOSPI, raised));
        assertThat(KrxPriceLimits.around(TODAY, KrxMarket.KOSPI, base).base()).isEqualTo(raised);
    }

    @ParameterizedTest
    @CsvSource({"10000, 11500, 8500", "98, 112, 84", "6, 7, 5", "1, 2, 1", "4405, 5060, 3745"})
    void konexMovesByFifteenPercent(long base, long upper, long lower) {
        assertThat(KrxPriceLimits.around(TODAY, KrxMarket.KONEX, base))
                .isEqualTo(new KrxPriceLimits(base, lower, upper));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10000, 13000, 7000",
        "-1, 10000, 13000, 7000",
        "0.5, 10000, 13000, 7000",
        "2, 10000, 16000, 4000",
        "-2, 10000, 16000, 4000",
        "1.5, 10000, 14500, 5500",
        "2, 10010, 16010, 4010",
        "1.5, 10005, 14505, 5505",
        "3, 10000, 19000, 1000",
        "4, 1000, 2200, 1",
        "2, 1, 2, 1"
    })
    void fundsAndNotesMoveByTheirMultipleOfThirtyPercent(BigDecimal multiple, long base, long upper, long lower) {
        KrxPriceLimits expected = new KrxPriceLimits(base, lower, upper);
        assertThat(KrxPriceLimits.around(TODAY, KrxMarket.KOSPI, KrxProduct.etf(multiple), base))
                .isEqualTo(expected);
        assertThat(KrxPriceLimits.around(TODAY, KrxMarket.KOSPI, KrxProduct.etn(multiple), base))
                .isEqualTo(expected);
    }

    @Test
    void aFundOnTheOldStepsNeverMovesByLessThanFiveWon() {
        assertThat(KrxPriceLimits.around(OLD, KrxMarket.KOSPI, KrxProduct.etf(BigDecimal.ONE), 5))
                .isEqualTo(new KrxPriceLimits(5, 5, 10));
        assertThat(KrxPriceLimits.around(OLD, KrxMarket.KOSPI, KrxProduct.etf(BigDecimal.ONE), 10))
                .isEqualTo(new KrxPriceLimits(10, 5, 15));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05, 10000, 40000, 6000",
        "2023-06-26, 5300, 21200, 3180",
        "2024-01-26, 7300, 29200, 4380",
        "2024-02-06, 18000, 72000, 10800",
        "2024-01-24, 2000, 8000, 1200",
        "2024-01-24, 2005, 8020, 1205",
        "2023-06-25, 10000, 26000, 6300",
        "2021-01-04, 10000, 26000, 6300",
        "2021-01-04, 11000, 28600, 6930"
    })
    void onTheFirstDayLimitsAreSixtyToFourHundredPercentOfTheOffer(LocalDate date, long offer, long upper, long lower) {
        assertThat(KrxPriceLimits.onFirstDay(date, KrxMarket.KOSPI, offer))
                .isEqualTo(new KrxPriceLimits(offer, lower, upper));
        assertThat(KrxPriceLimits.onFirstDay(date, KrxMarket.KOSDAQ, offer))
                .isEqualTo(new KrxPriceLimits(offer, lower, upper));
    }

    @Test
    void konexFindsItsFirstPriceByAnotherRule() {
        assertThatThrownBy(() -> KrxPriceLimits.onFirstDay(TODAY, KrxMarket.KONEX, 10_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KONEX");
    }

    @Test
    void beforeADelistingThereIsNoLimitAndForAWarrantNever() {
        KrxPriceLimits share = KrxPriceLimits.beforeDelisting(TODAY, KrxMarket.KOSDAQ, 10_850);
        assertThat(share.allows(1)).isTrue();
        assertThat(share.allows(0)).isFalse();
        assertThat(share.allows(1_000_000_000)).isTrue();
        KrxPriceLimits warrant = KrxPriceLimits.around(TODAY, KrxMarket.KOSPI, KrxProduct.ELW, 5);
        assertThat(warrant.allows(5)).isTrue();
        assertThat(warrant.allows(4)).isFalse();
        assertThat(warrant.allows(5_000)).isTrue();
    }

    @Test
    void bothLimitsAreAllowedAndAWonBeyondIsNot() {
        KrxPriceLimits limits = KrxPriceLimits.around(TODAY, KrxMarket.KOSPI, 10_000);
        assertThat(limits.allows(13_000)).isTrue();
        assertThat(limits.allows(13_001)).isFalse();
        assertThat(limits.allows(7_000)).isTrue();
        assertThat(limits.allows(6_999)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10000, 13000, 7000, 100, false",
        "10000, 13010, 7000, 100, true",
        "10000, 13000, 6990, 100, true",
        "10000, 13010, 6990, 0, false",
        "0, 10, 10, 100, false"
    })
    void aDayBeyondTheOrdinaryLimitsIsExceptional(long base, long high, long low, long volume, boolean exceptional) {
        DailyRow row = new DailyRow("000010", "", KrxMarket.KOSPI, low, high, low, high, high - base, volume, 0, 0);
        assertThat(KrxPriceLimits.isExceptional(TODAY, row)).isEqualTo(exceptional);
    }

    @Test
    void aBidOnePercentUnderTheCloseLiesWithinTheNextDaysLimits() {
        for (KrxMarket market : KrxMarket.values()) {
            for (long close = 2; close < 1_000_000; close = KrxTicks.roundUp(TODAY, market, close + 1)) {
                BigDecimal bid = BigDecimal.valueOf(close).multiply(new BigDecimal("0.99"));
                assertThat(KrxPriceLimits.around(TODAY, market, close).allows(KrxTicks.roundDown(TODAY, market, bid)))
                        .as("%s %d", market, close)
                        .isTrue();
            }
        }
    }

    @Test
    void aBasePriceIsAboveZeroAndItsDateIsKnown() {
        assertThatThrownBy(() -> KrxPriceLimits.around(TODAY, KrxMarket.KOSPI, 0))
                .isInstanceOf(IllegalArgumentException.class);
        LocalDate before = LocalDate.of(2020, 12, 31);
        assertThatThrownBy(() -> KrxPriceLimits.around(before, KrxMarket.KONEX, 1_000))
                .isInstanceOf(UncoveredDateException.class);
        assertThatThrownBy(() -> KrxPriceLimits.onFirstDay(before, KrxMarket.KOSPI, 1_000))
                .isInstanceOf(UncoveredDateException.class);
        assertThatThrownBy(() -> KrxPriceLimits.beforeDelisting(before, KrxMarket.KOSPI, 1_000))
                .isInstanceOf(UncoveredDateException.class);
        assertThat(KrxPriceLimits.around(before.plusDays(1), KrxMarket.KONEX, 1_000)
                        .upper())
                .isEqualTo(1_150);
    }

    @Test
    void limitsAreValidPricesAndHoldTheBase() {
        long seed = 77;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            LocalDate date = LocalDate.of(2021, 1, 1).plusDays(random.nextInt(2_000));
            KrxMarket market = KrxMarket.values()[random.nextInt(3)];
            long base = 1 + random.nextLong(1_500_000);
            KrxPriceLimits limits = KrxPriceLimits.around(date, market, base);
            assertThat(KrxTicks.isValid(date, market, limits.lower()) && KrxTicks.isValid(date, market, limits.upper()))
                    .as("seed %d: %s %s %d %s", seed, date, market, base, limits)
                    .isTrue();
            assertThat(limits.base()).isBetween(limits.lower(), limits.upper() - 1);
        }
    }
}
