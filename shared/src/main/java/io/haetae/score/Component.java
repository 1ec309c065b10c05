package io.haetae.score;

import java.util.Locale;

/** The four parts of the composite score, of equal weight. */
public enum Component {
    VALUE,
    GROWTH,
    QUALITY,
    MOMENTUM;

    /** Of each in the composite, before what is missing gives its weight up. */
    static final double WEIGHT = 0.25;

    /** {@code momentum}: the name in reports. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
