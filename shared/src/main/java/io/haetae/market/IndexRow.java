package io.haetae.market;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One index's session, in points.
 *
 * @param family the Exchange's class of the index: {@code KOSPI}, {@code KOSDAQ}, {@code KRX}
 * @param name the Exchange's own and exact: {@code 코스피}, {@code 코스피 200}, {@code 코스닥}
 * @param open null, like high and low, when only the close is published
 * @param change signed, against the close before
 */
public record IndexRow(
        String family,
        String name,
        @Nullable BigDecimal open,
        @Nullable BigDecimal high,
        @Nullable BigDecimal low,
        BigDecimal close,
        BigDecimal change) {}
