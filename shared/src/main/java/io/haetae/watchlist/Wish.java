package io.haetae.watchlist;

import java.util.List;
import java.util.Optional;

/**
 * A share that a person wants to watch.
 *
 * @param reason empty to have one made from its scores
 * @param notes empty for none
 */
public record Wish(String symbol, Marks marks, Optional<String> reason, List<String> tags, String notes) {

    public static final int LONGEST_REASON = 500;
    public static final int LONGEST_NOTES = 2_000;
    public static final int LONGEST_TAG = 40;
    public static final int MOST_TAGS = 20;

    /** @throws IllegalArgumentException in one line, when a price is too great, or a text too long or with a control character in it */
    public Wish {
        tags = List.copyOf(tags);
        marks.checkGreatest();
        reason.ifPresent(text -> check("a reason", text, LONGEST_REASON));
        check("notes", notes, LONGEST_NOTES);
        if (tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException("%d tags: at most %d are kept".formatted(tags.size(), MOST_TAGS));
        }
        for (String tag : tags) {
            if (tag.isBlank()) {
                throw new IllegalArgumentException("a tag that says nothing");
            }
            check("a tag", tag, LONGEST_TAG);
        }
    }

    private static void check(String what, String text, int longest) {
        if (text.length() > longest) {
            throw new IllegalArgumentException(
                    "%s of %d characters: at most %d are kept".formatted(what, text.length(), longest));
        }
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " with a line break or another control character");
        }
    }
}
