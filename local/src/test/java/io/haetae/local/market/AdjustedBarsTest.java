package io.haetae.local.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.haetae.indicator.Indicator;
import io.haetae.indicator.IndicatorSet;
import io.haetae.indicator.MarketState;
import io.haetae.indicator.SymbolIndicators;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdjustedBarsTest {

    private static final long SEED = 20260318;
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    private static DailyRow row(long base, long close, long volume) {
        long open = volume == 0 ? 0 : base;
        return new DailyRow(
                "005930",
                "name",
                KrxMarket.KOSPI,
                open,
                volume == 0 ? 0 : Math.max(base, close) + 10,
                volume == 0 ? 0 : Math.min(base, close) - 10,
                close,
                close - base,
                volume,
                0,
                1_000_000);
    }

    @Test
    void aSplitPutsWhatWasBeforeIntoTheNewShare() {
        AdjustedBars bars = new AdjustedBars();
        bars.add(FIRST, 0, row(1000, 1100, 50), Double.NaN);
        bars.add(FIRST.plusDays(1), 1, row(220, 230, 260), Double.NaN);

        assertThat(bars.lines().getFirst().bar().close()).isEqualTo(220);
        assertThat(bars.lines().getFirst().bar().volume()).isEqualTo(250);
        assertThat(bars.lines().getLast().bar().close()).isEqualTo(230);
    }

    @Test
    void whatLiesBeforeAGapThatTradeCannotHaveBridgedIsLeftOut() {
        AdjustedBars bars = new AdjustedBars();
        bars.add(FIRST, 0, row(1000, 1100, 50), Double.NaN);
        bars.add(FIRST.plusDays(2), 2, row(220, 230, 260), Double.NaN);

        assertThat(bars.lines()).hasSize(1);
    }

    @Test
    void theIndicatorsOfAdjustedBarsAreThoseOfTheStateThatWasRescaled() {
        Random random = new Random(SEED);
        MarketState state = new MarketState();
        AdjustedBars bars = new AdjustedBars();
        long close = 10_000;
        for (int number = 0; number < 300; number++) {
            LocalDate session = FIRST.plusDays(number);
            if (random.nextInt(40) == 0) {
                state.skip(session);
                continue;
            }
            long base = random.nextInt(50) == 0 ? close * (1 + random.nextInt(3)) / 2 : close;
            close = Math.max(100, Math.round(base * (0.97 + random.nextDouble() * 0.06)));
            DailyRow row = row(base, close, random.nextInt(30) == 0 ? 0 : 1000 + random.nextInt(9000));
            double index = 2000 + 10 * random.nextGaussian();
            state.next(new MarketDay(session, PriceSource.OFFICIAL, "r", List.of(row)), index);
            bars.add(session, number, row, index);
        }
        SymbolIndicators indicators = new SymbolIndicators();
        for (AdjustedBars.Line line : bars.lines()) {
            BarFile.Line bar = line.bar();
            indicators.next(bar.high(), bar.low(), bar.close(), bar.volume(), bar.value(), line.indexClose());
        }

        IndicatorSet rescaled = state.sets().getFirst();
        double[] values = indicators.values();
        for (Indicator indicator : Indicator.values()) {
            double expected = rescaled.get(indicator);
            if (Double.isNaN(expected)) {
                assertThat(values[indicator.ordinal()])
                        .as("seed %d %s", SEED, indicator)
                        .isNaN();
            } else {
                assertThat(values[indicator.ordinal()])
                        .as("seed %d %s", SEED, indicator)
                        .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
            }
        }
    }
}
