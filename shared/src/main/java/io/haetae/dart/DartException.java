package io.haetae.dart;

import org.jspecify.annotations.Nullable;

/** OpenDART gave nothing that can be used. The message names the call and what to do, and holds neither key nor address. */
public final class DartException extends Exception {

    /** What was wrong, by what to do about it. */
    public enum Kind {
        /** The key is not registered, suspended, expired, or not allowed from this address: a person must act. */
        KEY,
        /** The day's calls are used up, ours or the service's own count; it goes on after midnight in Korea. */
        QUOTA,
        /** The service has shut this address out: connections are cut or led elsewhere. Nothing more is asked in this run. */
        BLOCKED,
        /** The service says that our question makes no sense: a fault of this program. */
        QUESTION,
        /** An answer that is not what the service promises. */
        MALFORMED,
        /** A web page or a redirection in place of an answer, as for a question with too many companies. */
        NOT_DATA,
        /** No answer, or maintenance; later it works. What was asked is unknown, not absent. */
        UNAVAILABLE
    }

    private final Kind kind;

    public DartException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public DartException(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }
}
