package io.haetae.saxo;

/** What is known after one order DELETE; a fill may win against a cancel that was accepted. */
public sealed interface Cancellation {

    record Accepted() implements Cancellation {}

    /** No such working order: filled, cancelled before, or never placed. To be verified. */
    record Gone() implements Cancellation {}

    /** The order goes on. */
    record Rejected(String code, String message) implements Cancellation {}

    record Unknown(String why) implements Cancellation {}
}
