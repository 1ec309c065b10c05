package io.haetae.market;

/**
 * What is traded, in the venue's own words.
 *
 * @param code for KIS the six characters of the short code ({@code 005930}, {@code 0001A0}); for Saxo asset type and
 *     Uic ({@code FxSpot:21})
 */
public record InstrumentId(Venue venue, String code) {

    @Override
    public String toString() {
        return venue + ":" + code;
    }
}
