package io.haetae.saxo;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is held of one instrument.
 *
 * @param amount negative when short, 0 when squared today
 * @param averageOpenPrice empty when Saxo gives none
 * @param currency of the instrument, empty when Saxo gives none
 */
public record NetPosition(
        String assetType, long uic, BigDecimal amount, Optional<BigDecimal> averageOpenPrice, String currency) {

    /** Such an instrument is not paid for: only what it wins or loses comes to the cash. */
    boolean isMargin() {
        return assetType.startsWith("Fx") || assetType.startsWith("Cfd") || assetType.contains("Futures");
    }
}
