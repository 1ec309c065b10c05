package io.haetae.score;

import io.haetae.score.Weighted.Input;
import io.haetae.score.Weighted.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How calm a share and its company are: volatility 25 %, beta 20 %, volume 15 %, earnings 25 %, debt 15 %, renormalised over
 * what could be computed. Prices and volumes need 30 sessions with trade, earnings four quarters.
 */
final class Stability {

    /** A year, as a fraction. */
    static final ThresholdTable VOLATILITY = ThresholdTable.of(0.15, 100, 0.50, 0);

    /** One is the market's own movement. */
    static final ThresholdTable BETA = ThresholdTable.of(0, 0, 1, 100, 2, 0);

    static final ThresholdTable VOLUME_VARIATION = ThresholdTable.of(0.3, 100, 2.0, 0);

    static final ThresholdTable EARNINGS_VARIATION = ThresholdTable.of(0, 100, 2, 0);

    /** A quarter, as a fraction of the mean profit. */
    static final ThresholdTable EARNINGS_TREND = ThresholdTable.of(-0.1, 0, 0, 50, 0.1, 100);

    /** Liabilities ÷ assets, per cent. */
    static final ThresholdTable DEBT_LEVEL = ThresholdTable.of(30, 100, 70, 0);

    /**
     * Per cent points a quarter. Its model gives a debt that does not move 90 from one side and 75 from the other, and
     * leaps to 100 where it falls by a point; here it is 75 at rest and straight from there, so less debt is never worse.
     */
    static final ThresholdTable DEBT_TREND = ThresholdTable.of(-1, 100, 0, 75, 1, 0);

    private Stability() {}

    static Weighted of(Measures measures, Financials financials, CompanyHistory history) {
        return new Weighted(List.of(
                part("volatility", 0.25, VOLATILITY, measures.volatility()),
                part("beta", 0.20, BETA, measures.beta()),
                part("volume_variation", 0.15, VOLUME_VARIATION, measures.volumeVariation()),
                new Part(
                        "earnings",
                        List.of(new Input("quarters", (double) history.quarters()), new Input("profits", (double)
                                history.profits())),
                        0.25,
                        earnings(history)),
                new Part(
                        "debt",
                        List.of(),
                        0.15,
                        debtParts(financials.debtRatio(), history.debtTrend()).score())));
    }

    /**
     * Unknown below four known quarters; with four known, of which fewer than four earned anything, it is 0: a loss is
     * known.
     */
    static @Nullable Double earnings(CompanyHistory history) {
        if (history.quarters() < CompanyHistory.FEWEST_EARNINGS) {
            return null;
        }
        return history.profits() < CompanyHistory.FEWEST_EARNINGS
                ? Double.valueOf(0)
                : earningsParts(history).score();
    }

    /** Seven tenths for even profits, three for rising ones. */
    static Weighted earningsParts(CompanyHistory history) {
        return new Weighted(List.of(
                part("variation", 0.7, EARNINGS_VARIATION, history.earningsVariation()),
                part("trend", 0.3, EARNINGS_TREND, history.earningsTrend())));
    }

    /** Half its level, half its trend; the level alone where one balance is known. */
    static Weighted debtParts(@Nullable Double level, @Nullable Double trend) {
        return new Weighted(List.of(
                part("level", 0.5, DEBT_LEVEL, level), part("trend", 0.5, DEBT_TREND, level == null ? null : trend)));
    }

    private static Part part(String name, double weight, ThresholdTable table, @Nullable Double value) {
        return new Part(
                name,
                List.of(new Input(name, value)),
                weight,
                value == null ? null : Double.valueOf(table.score(value)));
    }
}
