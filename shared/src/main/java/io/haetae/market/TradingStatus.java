package io.haetae.market;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the Exchange has marked a share, as the broker tells it.
 *
 * @param marks what is known to hold, in the order of {@link Mark}
 * @param unknown what the broker said that this program has no word for, as {@code field=code}; nothing is concluded from it
 */
public record TradingStatus(Set<Mark> marks, SortedSet<String> unknown) {

    /** A mark on a share. The first three bar an entry. */
    public enum Mark {
        /** Orders are not matched: a halt by the Exchange, or for the moment. */
        HALTED,
        /** Trades only until it is delisted, without price limits. */
        LIQUIDATION,
        /** An administrative issue: grounds for delisting were found or are feared. */
        ADMINISTRATIVE,
        /** Third and highest stage of the Exchange's market alerts. */
        INVESTMENT_RISK,
        /** Second stage. */
        INVESTMENT_WARNING,
        /** First stage. */
        INVESTMENT_CAUTION,
        /** The Exchange asks for care with the company's figures or disclosures. */
        INVESTMENT_ATTENTION,
        /** A short-term rise that was found too hot: single-price auctions for some days. */
        OVERHEATED,
        /** A volatility interruption: a call auction of two minutes. */
        VOLATILITY_INTERRUPTION
    }

    private static final List<Mark> BARS = List.of(Mark.HALTED, Mark.LIQUIDATION, Mark.ADMINISTRATIVE);

    /** Nothing is marked. */
    public static final TradingStatus PLAIN = new TradingStatus(Set.of(), Collections.emptySortedSet());

    public TradingStatus {
        Set<Mark> ordered = EnumSet.noneOf(Mark.class);
        ordered.addAll(marks);
        marks = Collections.unmodifiableSet(ordered);
        unknown = Collections.unmodifiableSortedSet(new TreeSet<>(unknown));
    }

    public boolean has(Mark mark) {
        return marks.contains(mark);
    }

    /** The mark for which the share is not bought; shares that are held may be sold whatever is marked. */
    public Optional<Mark> entryBar() {
        return BARS.stream().filter(marks::contains).findFirst();
    }
}
