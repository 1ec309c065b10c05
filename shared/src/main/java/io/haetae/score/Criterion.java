package io.haetae.score;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a share can be screened by, in the order it is judged: price, history, liquidity, volatility, valuation, health. */
public enum Criterion {
    /** The session's close, won. */
    PRICE,
    /** Sessions with trade that were seen. */
    BARS,
    /** Of the last 20 sessions with trade, shares; not known before there are so many. */
    AVERAGE_VOLUME,
    /** Of the last 20 sessions with trade, won. */
    AVERAGE_VALUE,
    /** A year, as a fraction. */
    VOLATILITY,
    PER,
    PBR,
    /** Liabilities ÷ assets, per cent. */
    DEBT_RATIO,
    /** Close × listed shares, won. */
    MARKET_VALUE,
    /** 0 to 100. */
    STABILITY;

    @Nullable
    Double of(Score score) {
        return switch (this) {
            case PRICE -> score.close() > 0 ? Double.valueOf(score.close()) : null;
            case BARS -> Double.valueOf(score.bars());
            case AVERAGE_VOLUME -> score.measures().averageVolume();
            case AVERAGE_VALUE -> score.measures().averageValue();
            case VOLATILITY -> score.measures().volatility();
            case PER -> score.financials().per();
            case PBR -> score.financials().pbr();
            case DEBT_RATIO -> score.financials().debtRatio();
            case MARKET_VALUE -> score.marketValue();
            case STABILITY -> score.stability();
        };
    }

    /** {@code average_volume}: the name in reports and on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    String print(double figure) {
        return switch (this) {
            case PRICE, BARS, AVERAGE_VOLUME, AVERAGE_VALUE, MARKET_VALUE -> String.format(Locale.ROOT, "%.0f", figure);
            case VOLATILITY -> String.format(Locale.ROOT, "%.1f %%", figure * 100);
            case PER, PBR -> String.format(Locale.ROOT, "%.2f", figure);
            case DEBT_RATIO -> String.format(Locale.ROOT, "%.1f %%", figure);
            case STABILITY -> String.format(Locale.ROOT, "%.1f", figure);
        };
    }

    /** Whether a price over what a share earns or owns: below zero it is no low price, but a loss. */
    boolean isRatioOfPrice() {
        return this == PER || this == PBR;
    }
}
