package io.haetae.order;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How the position an entry makes is protected. Percent of the average cost, above 0; null without that exit.
 *
 * @param trailingPercent of the highest price since
 */
public record ExitTerms(
        @Nullable BigDecimal stopPercent,
        @Nullable BigDecimal targetPercent,
        @Nullable BigDecimal trailingPercent) {

    public static final ExitTerms NONE = new ExitTerms(null, null, null);
}
