package io.haetae.order;

/**
 * A refusal with its numbers.
 *
 * @param limit what was allowed, and {@code actual} what was asked or found
 */
public record Denial(DenialCode code, String limit, String actual) {

    /** {@code CASH limit=1000000 actual=1200000}. */
    @Override
    public String toString() {
        return code + " limit=" + limit + " actual=" + actual;
    }
}
