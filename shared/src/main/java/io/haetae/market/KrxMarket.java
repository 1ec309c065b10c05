package io.haetae.market;

import java.util.List;

/** The Exchange's markets for shares. {@code KOSDAQ GLOBAL} is a segment of KOSDAQ. */
public enum KrxMarket {
    KOSPI,
    KOSDAQ,
    KONEX;

    /** The markets that are always collected. */
    public static final List<KrxMarket> MAIN = List.of(KOSPI, KOSDAQ);
}
