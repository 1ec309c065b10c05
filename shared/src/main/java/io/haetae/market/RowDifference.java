package io.haetae.market;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the rows in force differ from the ones they replaced.
 *
 * @param source of the replaced rows
 * @param replaced revision of the replaced rows
 * @param changed symbols in both whose rows differ in anything
 * @param added symbols that the replaced rows lacked
 * @param missing symbols that only the replaced rows had
 * @param largest the price that moved most, in proportion; empty when no price differs
 */
public record RowDifference(
        PriceSource source, String replaced, int changed, int added, int missing, Optional<Move> largest) {

    /**
     * One price before and after.
     *
     * @param price {@code open}, {@code high}, {@code low} or {@code close}
     * @param before won
     * @param after won
     */
    public record Move(String symbol, String price, long before, long after) {

        /** Of the greater of both prices, so that a price that was missing counts as a whole. */
        private double size() {
            return (double) Math.abs(after - before) / Math.max(before, after);
        }
    }

    /** Both days are of one session. */
    public static RowDifference between(MarketDay replaced, MarketDay inForce) {
        List<DailyRow> before = replaced.rows();
        List<DailyRow> after = inForce.rows();
        int changed = 0;
        int both = 0;
        Move largest = null;
        int at = 0;
        for (DailyRow row : after) {
            while (at < before.size() && before.get(at).symbol().compareTo(row.symbol()) < 0) {
                at++;
            }
            if (at == before.size() || !before.get(at).symbol().equals(row.symbol())) {
                continue;
            }
            both++;
            DailyRow old = before.get(at);
            if (!old.equals(row)) {
                changed++;
                largest = larger(largest, row.symbol(), "close", old.close(), row.close());
                largest = larger(largest, row.symbol(), "open", old.open(), row.open());
                largest = larger(largest, row.symbol(), "high", old.high(), row.high());
                largest = larger(largest, row.symbol(), "low", old.low(), row.low());
            }
        }
        return new RowDifference(
                replaced.source(),
                replaced.revision(),
                changed,
                after.size() - both,
                before.size() - both,
                Optional.ofNullable(largest));
    }

    private static @Nullable Move larger(@Nullable Move known, String symbol, String price, long before, long after) {
        if (before == after) {
            return known;
        }
        Move move = new Move(symbol, price, before, after);
        return known == null || move.size() > known.size() ? move : known;
    }

    /** One line for a person. */
    public String text() {
        return "%d rows changed, %d added, %d missing against the %s ones%s"
                .formatted(
                        changed,
                        added,
                        missing,
                        source.name().toLowerCase(Locale.ROOT),
                        largest.map(move -> ", most the %s of %s: %d, was %d"
                                        .formatted(move.price(), move.symbol(), move.after(), move.before()))
                                .orElse(""));
    }
}
