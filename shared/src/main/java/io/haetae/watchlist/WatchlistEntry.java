package io.haetae.watchlist;

import io.haetae.market.KrxMarket;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A share on a user's watchlist.
 *
 * @param added session it was (last) put on the list
 * @param addedPrice close of that session, won, as traded
 * @param reason why it was put there
 * @param tags words to find it by
 * @param notes dated lines, such as why it was removed, after what a person wrote
 * @param said the marks as they were given last
 * @param now after the newest session that updated it
 * @param before after the one before that, for a share that came back by itself also one before {@code added}; null when there is
 *     none
 * @param alerted the last alert that fired; null when none did
 * @param version of the stored entry, 0 when it is not stored yet
 */
public record WatchlistEntry(
        String symbol,
        String name,
        KrxMarket market,
        Standing standing,
        LocalDate added,
        long addedPrice,
        String reason,
        List<String> tags,
        String notes,
        SaidMarks said,
        Standpoint now,
        @Nullable Standpoint before,
        @Nullable PriceAlert alerted,
        long version) {

    /** Falling composite score, unknown last, then symbol. */
    public static final Comparator<WatchlistEntry> BY_SCORE = Comparator.comparing(
                    WatchlistEntry::composite, Comparator.nullsLast(Comparator.<Double>reverseOrder()))
            .thenComparing(WatchlistEntry::symbol);

    /** Whether it is watched, and who ended that. */
    public enum Standing {
        ACTIVE,
        /** It broke a criterion; it may come back by itself. */
        REMOVED_BY_CRITERIA,
        /** A person took it off; only a person puts it back. */
        REMOVED_BY_PERSON
    }

    public WatchlistEntry {
        tags = List.copyOf(tags);
    }

    public boolean active() {
        return standing == Standing.ACTIVE;
    }

    /** The newest session that updated it. */
    public LocalDate session() {
        return now.session();
    }

    /** Close of {@link #session()}, won. */
    public long price() {
        return now.price();
    }

    /** Null when unknown. */
    public @Nullable Double composite() {
        return now.scores().composite();
    }

    /** Null when unknown. */
    public @Nullable Double percentile() {
        return now.scores().percentile();
    }

    /** The marks in whole won of the share as it is now. */
    public Marks marks() {
        return said.at(now.factor());
    }

    public Progress progress() {
        BigDecimal basis = BigDecimal.valueOf(addedPrice).multiply(now.factor());
        double changePct = BigDecimal.valueOf(now.price()).subtract(basis).doubleValue() * 100 / basis.doubleValue();
        Long target = marks().target();
        long days = ChronoUnit.DAYS.between(added, now.session());
        return new Progress(
                changePct,
                now.price() - Marks.won(addedPrice, now.factor()),
                target,
                target == null ? null : (Double) ((target - now.price()) * 100.0 / now.price()),
                days,
                Progress.annualised(changePct, days));
    }

    /** The alert that the newest session's close has fired, whether or not it was told yet; null for none. */
    @Nullable
    PriceAlert crossing() {
        Marks marks = marks();
        Marks.Edge edge = marks.beyond(now.price());
        Standpoint earlier = before;
        if (edge == null || earlier == null || said.knew(edge, now.session())) {
            return null;
        }
        Long mark = edge == Marks.Edge.UPPER ? marks.upper() : marks.lower();
        return mark == null || said.at(earlier.factor()).beyond(earlier.price()) == edge
                ? null
                : new PriceAlert(now.session(), edge, mark, now.price());
    }

    /** The last dated line of its notes; empty when there is none. */
    public String lastNote() {
        return notes.substring(notes.lastIndexOf('\n') + 1);
    }

    /** With what a person changed of it. {@code others} are its marks thereby. */
    WatchlistEntry edited(Edit edit, SaidMarks others) {
        Wish wish = edit.wish();
        return new WatchlistEntry(
                symbol,
                name,
                market,
                standing,
                added,
                addedPrice,
                edit.has(Edit.Part.REASON) ? wish.reason().orElseThrow() : reason,
                edit.has(Edit.Part.TAGS) ? wish.tags() : tags,
                edit.has(Edit.Part.NOTES) ? Notes.replaced(notes, wish.notes()) : notes,
                others,
                now,
                before,
                alerted,
                version);
    }

    WatchlistEntry standing(Standing other, String othersNotes) {
        return new WatchlistEntry(
                symbol,
                name,
                market,
                other,
                added,
                addedPrice,
                reason,
                tags,
                othersNotes,
                said,
                now,
                before,
                alerted,
                version);
    }

    WatchlistEntry alerted(@Nullable PriceAlert alert) {
        return new WatchlistEntry(
                symbol,
                name,
                market,
                standing,
                added,
                addedPrice,
                reason,
                tags,
                notes,
                said,
                now,
                before,
                alert,
                version);
    }
}
