package io.haetae.local.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.KrxMarket;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickGridTest {

    @ParameterizedTest
    @CsvSource({
        "1995,2590,1397",
        "2000,2600,1400",
        "4990,6480,3495",
        "19990,25950,14000",
        "49950,64900,35000",
        "199900,259500,140000",
        "498500,648000,349000",
        "500000,650000,350000",
        "276500,359000,194000"
    })
    void theBandIsThirtyPercentOnTheGrid(long base, long upper, long lower) {
        assertThat(TickGrid.COMMON.upper(base, KrxMarket.KOSPI)).isEqualTo(upper);
        assertThat(TickGrid.COMMON.lower(base, KrxMarket.KOSDAQ)).isEqualTo(lower);
    }

    @Test
    void theTablesWereSplitUntilJanuary2023() {
        TickGrid kospi = TickGrid.of(KrxMarket.KOSPI, LocalDate.of(2023, 1, 20));
        assertThat(kospi.upper(128_500, KrxMarket.KOSPI)).isEqualTo(167_000);
        assertThat(kospi.lower(128_500, KrxMarket.KOSPI)).isEqualTo(90_000);
        assertThat(TickGrid.of(KrxMarket.KOSDAQ, LocalDate.of(2023, 1, 20)).tick(600_000))
                .isEqualTo(100);
        assertThat(TickGrid.of(KrxMarket.KOSDAQ, LocalDate.of(2023, 1, 25)).tick(600_000))
                .isEqualTo(1_000);
    }
}
