package io.haetae.local.store;

import java.nio.file.Path;

/** A file cannot be opened as a store: damaged, of another program, or of a later version. One line for the user. */
public final class StoreFileException extends RuntimeException {

    StoreFileException(Path file, String problem) {
        super(file + ": " + problem);
    }

    StoreFileException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
