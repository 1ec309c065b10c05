package io.haetae.functions;

import org.jspecify.annotations.Nullable;

/** A function was started on one machine, and the tables or venues it was pointed at are not up. */
public final class NoLocalWorldException extends RuntimeException {

    NoLocalWorldException(String what, @Nullable Throwable cause) {
        super("%s: start it with ./haetae serve".formatted(what), cause);
    }
}
