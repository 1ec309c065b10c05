package io.haetae.local.cli;

/** What was asked for makes no sense. The message is what the person reads: what, where, and what to do. */
final class BadInputException extends RuntimeException {

    BadInputException(String message) {
        super(message);
    }

    BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
