package io.haetae.watchlist;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The prices a person watches for, in won of the share as it is on one session.
 *
 * @param target null for none, as the alerts
 * @param alerts whether a close beyond {@code upper} or {@code lower} is told
 */
public record Marks(
        @Nullable Long target,
        boolean alerts,
        @Nullable Long upper,
        @Nullable Long lower) {

    /** Greatest price, won, that a person may name and that a share's changes make of one: beyond every share's. */
    static final long GREATEST = 1_000_000_000_000L;

    public static final Marks NONE = new Marks(null, true, null, null);

    /** @throws IllegalArgumentException when a price is not above 0, or the lower alert is not below the upper one */
    public Marks {
        positive("a target price", target);
        positive("an upper alert price", upper);
        positive("a lower alert price", lower);
        if (upper != null && lower != null && lower >= upper) {
            throw new IllegalArgumentException(
                    "a lower alert price of %d is not below the upper one of %d".formatted(lower, upper));
        }
    }

    private static void positive(String what, @Nullable Long price) {
        if (price != null && price <= 0) {
            throw new IllegalArgumentException("%s of %d: it must be above 0".formatted(what, price));
        }
    }

    /** The same marks for a share whose prices count {@code factor} times as much, in whole won. */
    Marks times(BigDecimal factor) {
        if (factor.compareTo(BigDecimal.ONE) == 0) {
            return this;
        }
        Long above = times(upper, factor);
        Long below = times(lower, factor);
        // After a great split both may fall on the same won, after a great merger on the greatest.
        return new Marks(times(target, factor), alerts, above, above != null && above.equals(below) ? null : below);
    }

    private static @Nullable Long times(@Nullable Long price, BigDecimal factor) {
        return price == null ? null : (Long) Math.max(1, won(price, factor));
    }

    /** In whole won, at most {@link #GREATEST}. */
    static long won(long price, BigDecimal factor) {
        return BigDecimal.valueOf(price)
                .multiply(factor)
                .setScale(0, RoundingMode.HALF_UP)
                .min(BigDecimal.valueOf(GREATEST))
                .longValueExact();
    }

    /** @throws IllegalArgumentException in one line, when a price is above {@link #GREATEST} */
    void checkGreatest() {
        greatest("a target price", target);
        greatest("an upper alert price", upper);
        greatest("a lower alert price", lower);
    }

    private static void greatest(String what, @Nullable Long price) {
        if (price != null && price > GREATEST) {
            throw new IllegalArgumentException("%s of %d: at most %d won is kept".formatted(what, price, GREATEST));
        }
    }

    /** Which alert a price, won, stands beyond; null when it stands beyond none. The mark itself counts. */
    public @Nullable Edge beyond(long price) {
        if (!alerts) {
            return null;
        }
        if (upper != null && price >= upper) {
            return Edge.UPPER;
        }
        return lower != null && price <= lower ? Edge.LOWER : null;
    }

    /** Which alert a price has reached. */
    public enum Edge {
        UPPER,
        LOWER
    }
}
