package io.haetae.local.market;

/** One line of a price file says what cannot be; the rest of the file may be sound. */
final class RowFault extends RuntimeException {

    RowFault(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
