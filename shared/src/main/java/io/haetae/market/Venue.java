package io.haetae.market;

/** Where orders go. KRX stocks are traded through Korea Investment and Securities (KIS). */
public enum Venue {
    KIS,
    SAXO
}
