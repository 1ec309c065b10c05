package io.haetae.order;

/** How a {@link Change} ended. */
public sealed interface Written {

    record Done() implements Written {}

    /** The order is not at the version the change was made for: {@code standing} is. */
    record Stale(Order standing) implements Written {}

    /** The part does not hold; {@code actual} is what stands, in words. */
    record Refused(Change.Part part, String actual) implements Written {}
}
