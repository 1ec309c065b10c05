package io.haetae.dart;

/** The answer does not have the promised form; the message says where. */
final class UnusableAnswerException extends Exception {

    UnusableAnswerException(String message) {
        super(message);
    }
}
