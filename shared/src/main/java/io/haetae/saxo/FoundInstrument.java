package io.haetae.saxo;

/**
 * One row of an instrument search.
 *
 * @param symbol {@code EURUSD}, {@code AAPL:xnas}
 * @param currency ISO 4217, empty when Saxo gives none
 * @param primaryListing Uic of the primary listing, 0 when Saxo gives none
 */
public record FoundInstrument(
        String assetType,
        long uic,
        String symbol,
        String description,
        String currency,
        String exchangeId,
        long primaryListing) {}
