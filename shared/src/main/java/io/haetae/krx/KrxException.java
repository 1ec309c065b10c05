package io.haetae.krx;

import org.jspecify.annotations.Nullable;

/** The Exchange's data service gave no rows that can be used. The message names the API, the date and what to do. */
public final class KrxException extends Exception {

    /** What was wrong, by what to do about it. */
    public enum Kind {
        /** The key is missing, unknown or expired. */
        UNAUTHORIZED_KEY,
        /** The key is good, but this API was not applied for, or its approval has ended. */
        UNAUTHORIZED_API,
        /** No such API at the configured address. */
        WRONG_ADDRESS,
        /** Not published yet, or no session: the service does not tell these apart. */
        NOT_PUBLISHED,
        /** An answer that is not what the service promises: cut off, not JSON, rows of another date, impossible rows. */
        MALFORMED,
        /** No answer, or one that asks to come back later. */
        UNAVAILABLE,
        /** The calls that the key allows a day are used up; nothing was asked. */
        QUOTA_USED_UP
    }

    private final Kind kind;

    public KrxException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public KrxException(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }
}
