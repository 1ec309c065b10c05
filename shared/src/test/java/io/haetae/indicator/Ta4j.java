package io.haetae.indicator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

/** The technical indicators as a library computes them that takes any number type and remembers every value. */
final class Ta4j {

    private Ta4j() {}

    static BarSeries series(Bars bars) {
        BarSeries series = new BaseBarSeriesBuilder()
                .withNumFactory(DoubleNumFactory.getInstance())
                .build();
        for (int bar = 0; bar < bars.size(); bar++) {
            series.barBuilder()
                    .timePeriod(Duration.ofDays(1))
                    .endTime(Instant.EPOCH.plus(Duration.ofDays(bar + 1L)))
                    .openPrice(bars.close()[bar])
                    .highPrice(bars.high()[bar])
                    .lowPrice(bars.low()[bar])
                    .closePrice(bars.close()[bar])
                    .volume(bars.volume()[bar])
                    .add();
        }
        return series;
    }

    /** {@link Indicator#SMA5} to {@link Indicator#ROC20}, in their order; nothing computed yet. */
    static List<org.ta4j.core.Indicator<Num>> technical(BarSeries series) {
        ClosePriceIndicator closes = new ClosePriceIndicator(series);
        MACDIndicator macd = new MACDIndicator(closes, 12, 26);
        SMAIndicator sma20 = new SMAIndicator(closes, 20);
        BollingerBandsMiddleIndicator middle = new BollingerBandsMiddleIndicator(sma20);
        StandardDeviationIndicator deviation = new StandardDeviationIndicator(closes, 20);
        SMAIndicator k = new SMAIndicator(new StochasticOscillatorKIndicator(series, 14), 3);
        return List.of(
                new SMAIndicator(closes, 5),
                sma20,
                new SMAIndicator(closes, 50),
                new SMAIndicator(closes, 60),
                new SMAIndicator(closes, 120),
                new SMAIndicator(closes, 200),
                new EMAIndicator(closes, 12),
                new EMAIndicator(closes, 26),
                new RSIIndicator(closes, 9),
                new RSIIndicator(closes, 14),
                macd,
                macd.getSignalLine(9),
                macd.getHistogram(9),
                new BollingerBandsUpperIndicator(middle, deviation),
                middle,
                new BollingerBandsLowerIndicator(middle, deviation),
                new ATRIndicator(series, 14),
                k,
                new SMAIndicator(k, 3),
                new ADXIndicator(series, 14),
                new OnBalanceVolumeIndicator(series),
                new SMAIndicator(new VolumeIndicator(series), 20),
                new ROCIndicator(closes, 20));
    }
}
