package io.haetae.saxo;

/**
 * A legal text that stands before an order. Accepting it is for a person, in Saxo's own program.
 *
 * @param blocking it cannot be accepted at all
 */
record Disclaimer(String title, String text, boolean blocking) {

    /** Its beginning is enough to know which one it is, and an item of the store has room for it. */
    private static final int MOST = 600;

    String shown() {
        String whole = (title + ": " + text).replaceAll("\\s+", " ").strip();
        return (blocking ? "(cannot be accepted) " : "")
                + (whole.length() > MOST ? whole.substring(0, MOST) + "…" : whole);
    }
}
