package io.haetae.store;

import java.util.Comparator;

/** The order and length of strings in UTF-8, without making the bytes. */
public final class Utf8 {

    /** The order of the UTF-8 bytes, which is that of the code points; {@link String#compareTo} orders by UTF-16. */
    public static final Comparator<String> ORDER = Utf8::compare;

    private Utf8() {}

    /**
     * Bytes that the text takes.
     *
     * @throws IllegalArgumentException when the text holds half a surrogate pair, which UTF-8 cannot write
     */
    public static int length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                bytes += 1;
            } else if (unit < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(unit)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new IllegalArgumentException("half a surrogate pair at position " + i);
            }
        }
        return bytes;
    }

    private static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return rank(a) - rank(b);
            }
        }
        return left.length() - right.length();
    }

    /** Surrogates stand for the code points above all others, but their units lie below U+E000 to U+FFFF. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
