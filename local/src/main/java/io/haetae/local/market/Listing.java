package io.haetae.local.market;

import io.haetae.market.KrxMarket;
import java.time.LocalDate;

/**
 * A listed share.
 *
 * @param symbol six characters of digits and capital letters
 * @param shares listed on the last session of the market; a session's own count stands in its row
 * @param listed the first trading day, or the first the market knows of
 */
public record Listing(String symbol, String name, KrxMarket market, long shares, LocalDate listed) {}
