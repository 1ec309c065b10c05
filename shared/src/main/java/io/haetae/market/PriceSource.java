package io.haetae.market;

/** How far a session's rows can be trusted. */
public enum PriceSource {
    /** The Exchange's own rows, published the next business morning. */
    OFFICIAL,
    /** Same-day prices of the broker; replaced by the official rows. */
    PROVISIONAL
}
