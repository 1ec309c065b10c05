package io.haetae.score;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the composite score is made of. Each scores 0 to 100 by its own table; a value that is missing has no score at
 * all. A loss (negative earnings or book value) is known, and scores 0.
 */
public enum Metric {
    PER(Component.VALUE, ThresholdTable.of(10, 100, 15, 80, 25, 40, 50, 0)),
    PBR(Component.VALUE, ThresholdTable.of(1, 100, 2, 70, 3, 30, 5, 0)),
    PSR(Component.VALUE, ThresholdTable.of(1, 100, 2, 70, 4, 30, 8, 0)),
    /** Per cent, as all yields, growths, margins and ratios but the current ratio. */
    DIVIDEND_YIELD(Component.VALUE, ThresholdTable.of(0, 0, 1, 50, 3, 80, 5, 100)),
    REVENUE_GROWTH(Component.GROWTH, ThresholdTable.of(-20, 0, 0, 50, 10, 80, 20, 100)),
    EARNINGS_GROWTH(Component.GROWTH, ThresholdTable.of(-30, 0, 0, 30, 5, 50, 15, 80, 25, 100)),
    EQUITY_GROWTH(Component.GROWTH, ThresholdTable.of(-15, 0, 0, 30, 5, 50, 10, 80, 15, 100)),
    ROE(Component.QUALITY, ThresholdTable.of(0, 0, 10, 50, 15, 80, 20, 100)),
    OPERATING_MARGIN(Component.QUALITY, ThresholdTable.of(0, 0, 10, 50, 15, 80, 20, 100)),
    NET_MARGIN(Component.QUALITY, ThresholdTable.of(0, 0, 5, 50, 10, 80, 15, 100)),
    /** Debt ÷ assets, per cent. */
    DEBT_RATIO(Component.QUALITY, ThresholdTable.of(30, 100, 50, 80, 70, 40, 100, 0)),
    /** Current assets ÷ current liabilities. */
    CURRENT_RATIO(Component.QUALITY, ThresholdTable.of(0, 0, 1, 50, 1.5, 80, 2, 100)),
    RSI(Component.MOMENTUM, ThresholdTable.of(0, 0, 30, 50, 40, 80, 50, 100, 70, 100, 80, 80, 90, 50, 100, 0)),
    /** MACD histogram ÷ price, per cent: free of the share's scale. */
    MACD_HISTOGRAM(Component.MOMENTUM, ThresholdTable.of(-1, 0, 1, 100)),
    /**
     * Per cent a session. Its model leaps from 50 to 30 at −0.2; here the 50 of the flat side holds, and the line runs on
     * to the 0 at −0.5 that both have.
     */
    PRICE_TREND(Component.MOMENTUM, ThresholdTable.of(-0.5, 0, -0.2, 50, 0.2, 80, 0.5, 100)),
    /** Per cent a session. */
    VOLUME_TREND(Component.MOMENTUM, ThresholdTable.of(-2, 0, 0, 50, 1, 100));

    private final Component component;
    private final ThresholdTable table;

    Metric(Component component, ThresholdTable table) {
        this.component = component;
        this.table = table;
    }

    public Component component() {
        return component;
    }

    /** What it is judged by; null when it is not known. */
    @Nullable
    Double value(Measures measures, Financials financials) {
        return switch (this) {
            case PER -> financials.per();
            case PBR -> financials.pbr();
            case PSR -> financials.psr();
            case DIVIDEND_YIELD -> financials.dividendYield();
            case REVENUE_GROWTH -> financials.revenueGrowth();
            case EARNINGS_GROWTH -> financials.earningsGrowth();
            case EQUITY_GROWTH -> financials.equityGrowth();
            case ROE -> financials.roe();
            case OPERATING_MARGIN -> financials.operatingMargin();
            case NET_MARGIN -> financials.netMargin();
            case DEBT_RATIO -> financials.debtRatio();
            case CURRENT_RATIO -> financials.currentRatio();
            case RSI -> measures.rsi();
            case MACD_HISTOGRAM -> measures.macdHistogramPct();
            case PRICE_TREND -> measures.priceTrend();
            case VOLUME_TREND -> measures.volumeTrend();
        };
    }

    /** {@code price_trend}: the name in reports. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** 0 to 100. */
    public double score(double value) {
        return switch (this) {
            case PER, PBR -> value < 0 ? 0 : table.score(value);
            case PSR,
                    DIVIDEND_YIELD,
                    REVENUE_GROWTH,
                    EARNINGS_GROWTH,
                    EQUITY_GROWTH,
                    ROE,
                    OPERATING_MARGIN,
                    NET_MARGIN,
                    DEBT_RATIO,
                    CURRENT_RATIO,
                    RSI,
                    MACD_HISTOGRAM,
                    PRICE_TREND,
                    VOLUME_TREND -> table.score(value);
        };
    }
}
