package io.haetae.kis;

import io.haetae.market.TradingStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the broker says of a share now ({@code FHKST01010100}). Whole won and shares; what the broker leaves out or gives as
 * zero, meaning none, is null.
 *
 * @param base the price the day's change and limits are counted from
 * @param volume of the session so far, 0 before the first trade
 * @param value traded value of the session so far, won
 * @param shares listed shares
 * @param tick the price step at the last price
 * @param status how the Exchange has marked the share
 * @param per price ÷ earnings per share
 * @param pbr price ÷ book value per share
 * @param eps won a share, negative for a loss
 * @param bps won a share
 */
public record KisPrice(
        String symbol,
        @Nullable Long last,
        @Nullable Long base,
        @Nullable Long open,
        @Nullable Long high,
        @Nullable Long low,
        long volume,
        long value,
        @Nullable Long shares,
        @Nullable Long upperLimit,
        @Nullable Long lowerLimit,
        @Nullable Long tick,
        TradingStatus status,
        @Nullable Double per,
        @Nullable Double pbr,
        @Nullable Double eps,
        @Nullable Double bps) {

    /** No orders are matched now. */
    public boolean halted() {
        return status.has(TradingStatus.Mark.HALTED);
    }
}
