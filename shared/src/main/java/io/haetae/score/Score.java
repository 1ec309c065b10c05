package io.haetae.score;

import io.haetae.market.KrxMarket;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One share after one session: what it scores, and the measures that screening, conviction and sizing need. Null is not
 * known, never zero. Scores are 0 to 100.
 *
 * @param close of the session, won, as traded
 * @param volume of the session, shares
 * @param turnover traded value of the session, won; 0 when the source does not say
 * @param shares listed; 0 when the source does not say
 * @param traded in the session; false while the share is halted
 * @param bars sessions with trade that were seen
 * @param composite mean of the components that are known
 * @param stability of price, volume, earnings and debt
 * @param percentile rank of the composite within the run, above 0 to 100; 2 decimals
 * @param dataQuality per cent of the metrics known, of those that the configured sources supply
 */
public record Score(
        String symbol,
        String name,
        KrxMarket market,
        long close,
        long volume,
        long turnover,
        long shares,
        boolean traded,
        int bars,
        Measures measures,
        Financials financials,
        CompanyHistory history,
        @Nullable Double value,
        @Nullable Double growth,
        @Nullable Double quality,
        @Nullable Double momentum,
        @Nullable Double composite,
        @Nullable Double stability,
        @Nullable Double percentile,
        double dataQuality) {

    private static final double CAUTION = 75;
    private static final double WARNING = 50;

    private static final List<Function<Score, @Nullable Double>> COMPONENTS =
            List.of(Score::value, Score::growth, Score::quality, Score::momentum);

    /**
     * The composite out of the components that {@code other} has too, so that both can be compared: one that only one of them
     * has tells of its sources, not of the company. Null when there is none.
     */
    public @Nullable Double compositeBeside(Score other) {
        double sum = 0;
        int both = 0;
        int either = 0;
        for (Function<Score, @Nullable Double> component : COMPONENTS) {
            Double mine = component.apply(this);
            Double its = component.apply(other);
            either += mine != null || its != null ? 1 : 0;
            if (mine != null && its != null) {
                sum += mine;
                both++;
            }
        }
        return both == either ? composite : both == 0 ? null : Double.valueOf(sum / both);
    }

    /** How far a score can be relied on, by its data quality. */
    public enum Reliance {
        FULL,
        /** Below 75 %. */
        CAUTION,
        /** Below 50 %. */
        WARNING
    }

    public Reliance reliance() {
        if (dataQuality < WARNING) {
            return Reliance.WARNING;
        }
        return dataQuality < CAUTION ? Reliance.CAUTION : Reliance.FULL;
    }

    /** Close × listed shares, won; null when the shares are not known. */
    public @Nullable Double marketValue() {
        return shares <= 0 ? null : Double.valueOf((double) close * shares);
    }

    /** A year, as a fraction: 0.4 is 40 %. */
    public @Nullable Double volatility() {
        return measures.volatility();
    }

    /** Against the KOSPI index. */
    public @Nullable Double beta() {
        return measures.beta();
    }

    public @Nullable Double per() {
        return financials.per();
    }

    public @Nullable Double pbr() {
        return financials.pbr();
    }
}
