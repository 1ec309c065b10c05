package io.haetae.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KrxTicksTest {

    private static final LocalDate FIRST = LocalDate.of(2021, 1, 1);
    private static final LocalDate LAST_SPLIT = LocalDate.of(2023, 1, 24);
    private static final LocalDate COMMON = LocalDate.of(2023, 1, 25);
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 5);
    private static final List<KrxProduct> PRODUCTS = List.of(
            KrxProduct.SHARE, KrxProduct.etf(BigDecimal.ONE), KrxProduct.etn(new BigDecimal("-2")), KrxProduct.ELW);

    @ParameterizedTest
    @CsvSource({
        "0, 1",
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
    void stepsGrowWithThePriceInAllMarketsAlike(long price, long tick) {
        for (KrxMarket market : KrxMarket.values()) {
            assertThat(KrxTicks.tick(COMMON, market, price)).isEqualTo(tick);
            assertThat(KrxTicks.tick(TODAY, market, price)).isEqualTo(tick);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1",
        "999, 1, 1",
        "1000, 5, 5",
        "4999, 5, 5",
        "5000, 10, 10",
        "9999, 10, 10",
        "10000, 50, 50",
        "49999, 50, 50",
        "50000, 100, 100",
        "99999, 100, 100",
        "100000, 500, 100",
        "499999, 500, 100",
        "500000, 1000, 100",
        "3000000, 1000, 100"
    })
    void untilTheCommonTableKosdaqAndKonexStayedAtAHundredWon(long price, long kospi, long kosdaq) {
        for (LocalDate date : List.of(FIRST, LAST_SPLIT)) {
            assertThat(KrxTicks.tick(date, KrxMarket.KOSPI, price)).isEqualTo(kospi);
            assertThat(KrxTicks.tick(date, KrxMarket.KOSDAQ, price)).isEqualTo(kosdaq);
            assertThat(KrxTicks.tick(date, KrxMarket.KONEX, price)).isEqualTo(kosdaq);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2021-01-01, 1999, 5",
        "2023-12-10, 1999, 5",
        "2023-12-10, 2000, 5",
        "2023-12-11, 1999, 1",
        "2023-12-11, 2000, 5",
        "2026-01-05, 150000, 5",
        "2026-01-05, 0, 1"
    })
    void cheapFundsAndNotesMoveByOneWonSinceDecember2023(LocalDate date, long price, long tick) {
        assertThat(KrxTicks.tick(date, KrxMarket.KOSPI, KrxProduct.etf(BigDecimal.ONE), price))
                .isEqualTo(tick);
        assertThat(KrxTicks.tick(date, KrxMarket.KOSPI, KrxProduct.etn(BigDecimal.TWO), price))
                .isEqualTo(tick);
    }

    @ParameterizedTest
    @CsvSource({"2021-01-01, 10", "2023-12-11, 10", "2026-01-05, 1999", "2026-01-05, 500000"})
    void warrantsMoveByFiveWon(LocalDate date, long price) {
        assertThat(KrxTicks.tick(date, KrxMarket.KOSPI, KrxProduct.ELW, price)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void aDateBeforeTheTablesIsAnError(KrxMarket market) {
        for (KrxProduct product : PRODUCTS) {
            assertThatThrownBy(() -> KrxTicks.tick(FIRST.minusDays(1), market, product, 1_000))
                    .isInstanceOf(UncoveredDateException.class)
                    .hasMessageContainingAll("2021-01-01", "2020-12-31");
            assertThat(KrxTicks.tick(FIRST, market, product, 1_000)).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05, 70983.9, 70900, 71000",
        "2026-01-05, 70900, 70900, 70900",
        "2026-01-05, 70900.1, 70900, 71000",
        "2026-01-05, 1999.01, 1999, 2000",
        "2026-01-05, 1999.99, 1999, 2000",
        "2026-01-05, 2000.01, 2000, 2005",
        "2026-01-05, 4999, 4995, 5000",
        "2026-01-05, 19991, 19990, 20000",
        "2026-01-05, 49951, 49950, 50000",
        "2026-01-05, 199901, 199900, 200000",
        "2026-01-05, 499501, 499500, 500000",
        "2026-01-05, 0.9, 0, 1",
        "2023-01-24, 999.5, 999, 1000",
        "2023-01-24, 70983.9, 70900, 71000"
    })
    void aBuyerNeverPaysMoreThanAskedAndASellerNeverTakesLess(LocalDate date, BigDecimal price, long down, long up) {
        assertThat(KrxTicks.roundDown(date, KrxMarket.KOSPI, price)).isEqualTo(down);
        assertThat(KrxTicks.roundUp(date, KrxMarket.KOSPI, price)).isEqualTo(up);
    }

    @Test
    void zeroIsNoPrice() {
        assertThat(KrxTicks.isValid(TODAY, KrxMarket.KOSPI, 0)).isFalse();
        assertThat(KrxTicks.isValid(TODAY, KrxMarket.KOSPI, 1)).isTrue();
        assertThat(KrxTicks.isValid(TODAY, KrxMarket.KOSPI, 2_001)).isFalse();
        assertThat(KrxTicks.isValid(TODAY, KrxMarket.KOSPI, KrxProduct.ELW, -5)).isFalse();
        assertThatThrownBy(() -> KrxTicks.tick(TODAY, KrxMarket.KOSPI, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyRoundedPriceIsValidAndWithinOneStep() {
        long seed = 20260105;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            LocalDate date = FIRST.plusDays(random.nextInt(2_000));
            KrxMarket market = KrxMarket.values()[random.nextInt(3)];
            KrxProduct product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
            long price = 5 + random.nextLong(1_500_000);
            long down = KrxTicks.roundDown(date, market, product, price);
            long up = KrxTicks.roundUp(date, market, product, price);
            assertThat(KrxTicks.isValid(date, market, product, down) && KrxTicks.isValid(date, market, product, up))
                    .as("seed %d: %s %s %s %d", seed, date, market, product, price)
                    .isTrue();
            assertThat(price).isBetween(down, up);
            assertThat(up - down).isLessThanOrEqualTo(KrxTicks.tick(date, market, product, price));
        }
    }

    @ParameterizedTest
    @CsvSource({"SHARE, 2", "ELW, -1", "ETF, 0", "ETN, 0"})
    void onlyFundsAndNotesFollowAnIndex(KrxProduct.Kind kind, BigDecimal multiple) {
        assertThatThrownBy(() -> new KrxProduct(kind, multiple)).isInstanceOf(IllegalArgumentException.class);
    }
}
