package io.haetae.store;

import java.util.Arrays;

/** The value of an attribute. Decimals are kept as canonical text, never as floating point. */
public sealed interface Value {

    record Text(String text) implements Value {}

    record Whole(long number) implements Value {}

    record Flag(boolean flag) implements Value {}

    /** The array is the caller's to leave alone once it is handed over. */
    record Bytes(byte[] bytes) implements Value {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Bytes[" + bytes.length + "]";
        }
    }

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(long number) {
        return new Whole(number);
    }

    static Value of(boolean flag) {
        return new Flag(flag);
    }

    static Value of(byte[] bytes) {
        return new Bytes(bytes);
    }
}
