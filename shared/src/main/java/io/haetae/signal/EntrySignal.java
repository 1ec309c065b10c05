package io.haetae.signal;

import java.math.BigDecimal;
import java.util.List;

/**
 * A stock that may be bought in the coming session. Prices in won.
 *
 * @param close the last close, which everything is measured from
 * @param limit the most that is bid
 * @param stop sold at or below
 * @param target sold at or above
 * @param rewardRisk (target − close) ÷ (close − stop)
 * @param composite the composite score, 0 to 100
 * @param reasons what speaks for it
 * @param warnings what does not, without forbidding it
 */
public record EntrySignal(
        String symbol,
        String name,
        BigDecimal close,
        BigDecimal limit,
        BigDecimal stop,
        BigDecimal target,
        BigDecimal rewardRisk,
        double composite,
        Conviction conviction,
        List<String> reasons,
        List<String> warnings) {

    public EntrySignal {
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
    }
}
