package io.haetae.kis;

import org.jspecify.annotations.Nullable;

/** The broker did not do what was asked. The message names the call, the broker's code and what to do, and holds no secret. */
public final class KisException extends Exception {

    /** What was wrong, by what to do about it. */
    public enum Kind {
        /** Too many calls a second, or too many tokens a minute; later it works. */
        RATE_LIMITED("later it works; lower KIS_CALLS_PER_SECOND if this goes on"),
        /** The token was refused, also after a new one. */
        TOKEN("remove the secret kis/token if this goes on"),
        /** Keys, environment and address do not fit together. */
        CONFIGURATION("check the secrets kis/app-key and kis/app-secret against KIS_ENV"),
        /** The broker's paper environment does not have this call. */
        NOT_ON_PAPER("only KIS_ENV=real has it"),
        /** The broker understood and said no. */
        REJECTED("the broker refuses what was asked"),
        /** An answer that is not what the service promises. */
        MALFORMED("nothing of the answer is used"),
        /** No answer. A read may be tried again; whether an order arrived is not known. */
        UNAVAILABLE("try again later");

        private final String advice;

        Kind(String advice) {
            this.advice = advice;
        }
    }

    private final Kind kind;
    private final String code;

    /**
     * @param code the broker's {@code msg_cd}, empty where there is none
     * @param said the call and what came of it; what to do is added
     */
    public KisException(Kind kind, String code, String said, @Nullable Throwable cause) {
        super(said + "; " + kind.advice, cause);
        this.kind = kind;
        this.code = code;
    }

    public KisException(Kind kind, String code, String said) {
        this(kind, code, said, null);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }
}
