package io.haetae.score;

/** The four parts of the composite score, of equal weight. */
public enum Component {
    VALUE,
    GROWTH,
    QUALITY,
    MOMENTUM
}
