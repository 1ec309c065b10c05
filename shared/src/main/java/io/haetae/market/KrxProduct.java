package io.haetae.market;

import java.math.BigDecimal;

/**
 * What kind of paper is traded, as far as price steps, daily limits and taxes tell kinds apart.
 *
 * @param multiple how many times the day's move of its index an ETF or ETN follows, negative for an inverse one; 1 for
 *     all else
 */
public record KrxProduct(Kind kind, BigDecimal multiple) {

    public enum Kind {
        /** Shares of every class, of real estate investment companies too, and depositary receipts. */
        SHARE,
        ETF,
        ETN,
        /** Equity-linked warrants. */
        ELW
    }

    public static final KrxProduct SHARE = new KrxProduct(Kind.SHARE, BigDecimal.ONE);
    public static final KrxProduct ELW = new KrxProduct(Kind.ELW, BigDecimal.ONE);

    public KrxProduct {
        boolean follows = kind == Kind.ETF || kind == Kind.ETN;
        if (multiple.signum() == 0 || (!follows && multiple.compareTo(BigDecimal.ONE) != 0)) {
            throw new IllegalArgumentException(kind + " with the multiple " + multiple.toPlainString());
        }
    }

    public static KrxProduct etf(BigDecimal multiple) {
        return new KrxProduct(Kind.ETF, multiple);
    }

    public static KrxProduct etn(BigDecimal multiple) {
        return new KrxProduct(Kind.ETN, multiple);
    }

    /** By how much its daily limit is wider: the multiple without its sign, and never less than 1. */
    BigDecimal widening() {
        return multiple.abs().max(BigDecimal.ONE);
    }
}
