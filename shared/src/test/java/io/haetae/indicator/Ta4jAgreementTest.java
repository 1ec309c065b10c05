package io.haetae.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.ROCIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.StochasticOscillatorKIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsLowerIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.VolumeIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.indicators.volume.OnBalanceVolumeIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/**
 * Against an independent library, where definitions agree. Its recursive averages start at the first input, ours at the
 * mean of the first n: they meet once the start is forgotten, long before the bar compared here.
 */
class Ta4jAgreementTest {

    private static final long SEED = 20_260_105;
    private static final int BARS = 1_200;

    private final double[] high = new double[BARS];
    private final double[] low = new double[BARS];
    private final double[] close = new double[BARS];
    private final double[] volume = new double[BARS];
    private final BarSeries series = new BaseBarSeriesBuilder()
            .withNumFactory(DoubleNumFactory.getInstance())
            .build();
    private final ClosePriceIndicator closes;

    Ta4jAgreementTest() {
        Random random = new Random(SEED);
        double price = 50_000;
        for (int i = 0; i < BARS; i++) {
            double open = price;
            price = Math.rint(price * Math.exp(random.nextGaussian() * 0.02));
            close[i] = price;
            high[i] = Math.rint(Math.max(open, price) * (1 + random.nextDouble() * 0.01));
            low[i] = Math.rint(Math.min(open, price) * (1 - random.nextDouble() * 0.01));
            volume[i] = 10_000 + random.nextInt(1_000_000);
            series.barBuilder()
                    .timePeriod(Duration.ofDays(1))
                    .endTime(Instant.EPOCH.plus(Duration.ofDays(i + 1L)))
                    .openPrice(open)
                    .highPrice(high[i])
                    .lowPrice(low[i])
                    .closePrice(close[i])
                    .volume(volume[i])
                    .add();
        }
        closes = new ClosePriceIndicator(series);
    }

    @Test
    void everyIndicatorOfTheSetAgrees() {
        IndicatorSet set = set(BARS);
        agrees(set, Indicator.SMA5, new SMAIndicator(closes, 5));
        agrees(set, Indicator.SMA20, new SMAIndicator(closes, 20));
        agrees(set, Indicator.SMA50, new SMAIndicator(closes, 50));
        agrees(set, Indicator.SMA60, new SMAIndicator(closes, 60));
        agrees(set, Indicator.SMA120, new SMAIndicator(closes, 120));
        agrees(set, Indicator.SMA200, new SMAIndicator(closes, 200));
        agrees(set, Indicator.EMA12, new EMAIndicator(closes, 12));
        agrees(set, Indicator.EMA26, new EMAIndicator(closes, 26));
        agrees(set, Indicator.RSI9, new RSIIndicator(closes, 9));
        agrees(set, Indicator.RSI14, new RSIIndicator(closes, 14));
        MACDIndicator macd = new MACDIndicator(closes, 12, 26);
        agrees(set, Indicator.MACD, macd);
        agrees(set, Indicator.MACD_SIGNAL, macd.getSignalLine(9));
        agrees(set, Indicator.MACD_HISTOGRAM, macd.getHistogram(9));
        BollingerBandsMiddleIndicator middle = new BollingerBandsMiddleIndicator(new SMAIndicator(closes, 20));
        StandardDeviationIndicator deviation = new StandardDeviationIndicator(closes, 20);
        agrees(set, Indicator.BOLLINGER_MIDDLE, middle);
        agrees(set, Indicator.BOLLINGER_UPPER, new BollingerBandsUpperIndicator(middle, deviation));
        agrees(set, Indicator.BOLLINGER_LOWER, new BollingerBandsLowerIndicator(middle, deviation));
        agrees(set, Indicator.ATR14, new ATRIndicator(series, 14));
        SMAIndicator k = new SMAIndicator(new StochasticOscillatorKIndicator(series, 14), 3);
        agrees(set, Indicator.STOCHASTIC_K, k);
        agrees(set, Indicator.STOCHASTIC_D, new SMAIndicator(k, 3));
        agrees(set, Indicator.ADX14, new ADXIndicator(series, 14));
        agrees(set, Indicator.ROC20, new ROCIndicator(closes, 20));
        agrees(set, Indicator.VOLUME_MA20, new SMAIndicator(new VolumeIndicator(series), 20));
    }

    @Test
    void balanceDiffersByTheFirstVolumeWhichTheLibraryLeavesOut() {
        double theirs = new OnBalanceVolumeIndicator(series).getValue(BARS - 1).doubleValue();
        assertThat(set(BARS).get(Indicator.OBV)).isEqualTo(theirs + volume[0]);
    }

    @Test
    void exponentialAverageDiffersAtItsStart() {
        assertThat(set(12).get(Indicator.EMA12))
                .isCloseTo(Arrays.stream(close, 0, 12).average().orElseThrow(), within(1e-6))
                .isNotEqualTo(new EMAIndicator(closes, 12).getValue(11).doubleValue());
    }

    @Test
    void nothingIsInventedBeforeThereAreBarsEnough() {
        IndicatorSet set = set(19);
        assertThat(set.get(Indicator.SMA5)).isNotNaN();
        assertThat(set.get(Indicator.RSI14)).isNotNaN();
        assertThat(set.get(Indicator.STOCHASTIC_D)).isNotNaN();
        for (Indicator indicator : new Indicator[] {
            Indicator.SMA20,
            Indicator.EMA26,
            Indicator.MACD,
            Indicator.MACD_SIGNAL,
            Indicator.BOLLINGER_UPPER,
            Indicator.ADX14,
            Indicator.ROC20,
            Indicator.VOLUME_MA20,
            Indicator.VOLATILITY,
            Indicator.PRICE_TREND
        }) {
            assertThat(set.get(indicator)).as(indicator.text()).isNaN();
        }
    }

    private IndicatorSet set(int bars) {
        return IndicatorSet.of(
                "000000",
                new Bars(
                        LocalDate.EPOCH,
                        Arrays.copyOf(high, bars),
                        Arrays.copyOf(low, bars),
                        Arrays.copyOf(close, bars),
                        Arrays.copyOf(volume, bars),
                        new double[bars]));
    }

    private void agrees(IndicatorSet set, Indicator indicator, org.ta4j.core.Indicator<Num> oracle) {
        double theirs = oracle.getValue(BARS - 1).doubleValue();
        assertThat(set.get(indicator))
                .as("%s, seed %d", indicator.text(), SEED)
                .isCloseTo(theirs, within(1e-9 * Math.max(1, Math.abs(theirs))));
    }
}
