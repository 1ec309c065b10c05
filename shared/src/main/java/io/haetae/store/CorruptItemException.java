package io.haetae.store;

/** A stored item does not hold what its mapper wrote: the data folder or table was changed by something else. */
public final class CorruptItemException extends RuntimeException {

    public CorruptItemException(Key key, String attribute, String expected) {
        super("%s %s/%s: attribute '%s' is not %s"
                .formatted(key.table(), key.partition(), key.sort(), attribute, expected));
    }
}
