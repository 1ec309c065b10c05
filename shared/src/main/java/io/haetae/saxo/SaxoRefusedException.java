package io.haetae.saxo;

/** Saxo refused a read or a precheck: 4xx other than 401 and 429. Asking again changes nothing. */
public final class SaxoRefusedException extends SaxoException {

    private final int status;
    private final String errorCode;

    public SaxoRefusedException(String what, int status, String errorCode, String message) {
        super(what + ": HTTP " + status + (errorCode.isEmpty() ? "" : " " + errorCode)
                + (message.isEmpty() ? "" : " (" + message + ")"));
        this.status = status;
        this.errorCode = errorCode;
    }

    public int status() {
        return status;
    }

    /** Saxo's own word, empty when the body held none. */
    public String errorCode() {
        return errorCode;
    }
}
