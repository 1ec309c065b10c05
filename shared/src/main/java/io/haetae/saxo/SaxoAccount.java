package io.haetae.saxo;

/**
 * One account of the client.
 *
 * @param accountKey opaque; to be URL-encoded wherever it is sent
 * @param currency ISO 4217
 * @param trial Saxo calls it a simulation account
 * @param fractional shares may be traded in fractions
 */
public record SaxoAccount(
        String accountId,
        String accountKey,
        String clientKey,
        String currency,
        boolean active,
        boolean trial,
        boolean fractional) {

    /** Says which account without its keys. */
    @Override
    public String toString() {
        return "SaxoAccount[" + currency + (trial ? ", trial" : "") + "]";
    }
}
