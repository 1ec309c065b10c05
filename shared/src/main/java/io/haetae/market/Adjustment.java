package io.haetae.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A break between two sessions of a share that trade did not make: a split, a rights issue, a stock dividend, a change of
 * capital. The Exchange states it in its own fields: the base price of the session (close − change) is what the close of
 * the session before is worth from then on (KOSPI Business Regulation Enforcement Rules, article 30). Kept as the ratio
 * of both, so nothing is rounded.
 *
 * @param session from which the share is another one
 * @param base won, above 0
 * @param previousClose won, above 0, of the session right before
 */
public record Adjustment(String symbol, LocalDate session, long base, long previousClose) {

    public Adjustment {
        if (!isDue(base, previousClose)) {
            throw new IllegalArgumentException(
                    "%s %s: base %d after a close of %d is no break".formatted(symbol, session, base, previousClose));
        }
    }

    /** Whether prices before a session of this base are of another share than those after. */
    public static boolean isDue(long base, long previousClose) {
        return base > 0 && previousClose > 0 && base != previousClose;
    }

    /** What prices before the session are multiplied by, and volumes divided. */
    public static double factor(long base, long previousClose) {
        return (double) base / previousClose;
    }

    /** The factor to 34 digits. */
    public BigDecimal factor() {
        return BigDecimal.valueOf(base).divide(BigDecimal.valueOf(previousClose), MathContext.DECIMAL128);
    }

    /**
     * Of every symbol in both days.
     *
     * @param before the session right before {@code day}: across a gap nothing can be told
     */
    public static List<Adjustment> between(MarketDay before, MarketDay day) {
        List<Adjustment> breaks = new ArrayList<>();
        List<DailyRow> old = before.rows();
        int at = 0;
        for (DailyRow row : day.rows()) {
            while (at < old.size() && old.get(at).symbol().compareTo(row.symbol()) < 0) {
                at++;
            }
            if (at < old.size()
                    && old.get(at).symbol().equals(row.symbol())
                    && isDue(row.base(), old.get(at).close())) {
                breaks.add(new Adjustment(
                        row.symbol(), day.session(), row.base(), old.get(at).close()));
            }
        }
        return breaks;
    }
}
