package io.haetae.watchlist;

import java.util.Set;

/**
 * What a person changes of an entry that is on the list: the parts that are named, to what the wish says of them. All else
 * stays as it is.
 *
 * @param wish what it does not say of a named part is cleared
 * @param parts at least one
 */
public record Edit(Wish wish, Set<Part> parts) {

    /** What of an entry is a person's. */
    public enum Part {
        TARGET,
        UPPER,
        LOWER,
        ALERTS,
        REASON,
        TAGS,
        NOTES
    }

    /** @throws IllegalArgumentException in one line, when nothing is named, or the reason is named and not said */
    public Edit {
        parts = Set.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("nothing is to be changed");
        }
        if (parts.contains(Part.REASON) && wish.reason().isEmpty()) {
            throw new IllegalArgumentException("a reason that says nothing");
        }
    }

    public String symbol() {
        return wish.symbol();
    }

    /** Whether any price, or whether a price is told, is changed. */
    boolean isOfMarks() {
        return has(Part.TARGET) || has(Part.UPPER) || has(Part.LOWER) || has(Part.ALERTS);
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    /**
     * @param before in won of the share that the wish means
     * @throws IllegalArgumentException in one line, when the lower alert price would not be below the upper one
     */
    Marks of(Marks before) {
        Marks said = wish.marks();
        return new Marks(
                has(Part.TARGET) ? said.target() : before.target(),
                has(Part.ALERTS) ? said.alerts() : before.alerts(),
                has(Part.UPPER) ? said.upper() : before.upper(),
                has(Part.LOWER) ? said.lower() : before.lower());
    }
}
