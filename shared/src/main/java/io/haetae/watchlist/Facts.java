package io.haetae.watchlist;

import io.haetae.score.Score;
import org.jspecify.annotations.Nullable;

/**
 * What the market and the company's books said of a share after a session. Null is not known, never zero.
 *
 * @param volume shares; 0 when nothing was traded
 * @param tradedValue won
 * @param volatility a year, as a fraction (0.4 is 40 %)
 * @param roe per cent, as the debt ratio and the dividend yield
 * @param macd won, as its histogram
 */
public record Facts(
        @Nullable Long volume,
        @Nullable Long tradedValue,
        @Nullable Double volatility,
        @Nullable Double beta,
        @Nullable Double per,
        @Nullable Double pbr,
        @Nullable Double roe,
        @Nullable Double debtRatio,
        @Nullable Double dividendYield,
        @Nullable Double rsi,
        @Nullable Double macd,
        @Nullable Double macdHistogram) {

    public static final Facts UNKNOWN =
            new Facts(null, null, null, null, null, null, null, null, null, null, null, null);

    static Facts of(Score score) {
        return new Facts(
                score.volume(),
                // A source that gives no value gives 0, which is true only where nothing was traded.
                score.turnover() == 0 && score.volume() > 0 ? null : (Long) score.turnover(),
                score.volatility(),
                score.measures().beta(),
                score.per(),
                score.pbr(),
                score.financials().roe(),
                score.financials().debtRatio(),
                score.financials().dividendYield(),
                score.measures().rsi(),
                score.measures().macd(),
                score.measures().macdHistogram());
    }
}
