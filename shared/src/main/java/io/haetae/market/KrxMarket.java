package io.haetae.market;

/** The Exchange's markets for shares. {@code KOSDAQ GLOBAL} is a segment of KOSDAQ. */
public enum KrxMarket {
    KOSPI,
    KOSDAQ,
    KONEX
}
