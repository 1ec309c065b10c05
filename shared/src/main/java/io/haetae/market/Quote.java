package io.haetae.market;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a venue says of an instrument now.
 *
 * @param last last traded price, or mid where the venue quotes both sides; null when there is none
 * @param bid null when the venue gives none
 * @param ask null when the venue gives none
 * @param open null before the first trade of the session
 * @param volume traded in the session so far; 0 where the venue gives none
 * @param base the price the day's limits are counted from; null where there are none
 * @param tradable the venue says that orders are matched now (not halted, open, a real price)
 * @param why when not tradable, the reason in the venue's words; else empty
 */
public record Quote(
        InstrumentId instrument,
        @Nullable BigDecimal last,
        @Nullable BigDecimal bid,
        @Nullable BigDecimal ask,
        @Nullable BigDecimal open,
        @Nullable BigDecimal high,
        @Nullable BigDecimal low,
        long volume,
        @Nullable BigDecimal base,
        @Nullable BigDecimal upperLimit,
        @Nullable BigDecimal lowerLimit,
        Instant at,
        boolean tradable,
        String why) {}
