package io.haetae.kis;

import org.jspecify.annotations.Nullable;

/** The broker did not do what was asked. The message names the call and the broker's code, and holds no secret. */
public final class KisException extends Exception {

    /** What was wrong, by what to do about it. */
    public enum Kind {
        /** Too many calls a second, or too many tokens a minute; later it works. */
        RATE_LIMITED,
        /** The token was refused, also after a new one. */
        TOKEN,
        /** Keys, environment and address do not fit together. */
        CONFIGURATION,
        /** The broker understood and said no. */
        REJECTED,
        /** An answer that is not what the service promises. */
        MALFORMED,
        /** No answer. A read may be tried again; whether an order arrived is not known. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final String code;

    /** @param code the broker's {@code msg_cd}, empty where there is none */
    public KisException(Kind kind, String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
    }

    public KisException(Kind kind, String code, String message) {
        this(kind, code, message, null);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }
}
