package io.haetae.store;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A key and its attributes. Immutable.
 *
 * <p>Attribute names that start with {@code _} belong to the engines.
 */
public record Item(Key key, Map<String, Value> attributes) {

    public Item {
        attributes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    public static Builder at(Key key) {
        return new Builder(key);
    }

    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    /** @throws CorruptItemException when the attribute is absent or of another type */
    public String text(String name) {
        return findText(name).orElseThrow(() -> new CorruptItemException(key, name, "text"));
    }

    public Optional<String> findText(String name) {
        return switch (attributes.get(name)) {
            case null -> Optional.empty();
            case Value.Text(String text) -> Optional.of(text);
            case Value.Whole _, Value.Flag _, Value.Bytes _ -> throw new CorruptItemException(key, name, "text");
        };
    }

    /** @throws CorruptItemException when the attribute is absent or of another type */
    public long whole(String name) {
        return findWhole(name).orElseThrow(() -> new CorruptItemException(key, name, "a whole number"));
    }

    public Optional<Long> findWhole(String name) {
        return switch (attributes.get(name)) {
            case null -> Optional.empty();
            case Value.Whole(long number) -> Optional.of(number);
            case Value.Text _, Value.Flag _, Value.Bytes _ ->
                throw new CorruptItemException(key, name, "a whole number");
        };
    }

    /** @throws CorruptItemException when the attribute is absent or of another type */
    public boolean flag(String name) {
        return switch (attributes.get(name)) {
            case Value.Flag(boolean flag) -> flag;
            case null -> throw new CorruptItemException(key, name, "a flag");
            case Value.Text _, Value.Whole _, Value.Bytes _ -> throw new CorruptItemException(key, name, "a flag");
        };
    }

    /** @throws CorruptItemException when the attribute is absent or of another type */
    public byte[] bytes(String name) {
        return switch (attributes.get(name)) {
            case Value.Bytes(byte[] bytes) -> bytes;
            case null -> throw new CorruptItemException(key, name, "bytes");
            case Value.Text _, Value.Whole _, Value.Flag _ -> throw new CorruptItemException(key, name, "bytes");
        };
    }

    /** @throws CorruptItemException when the attribute is absent or not a decimal in canonical text */
    public BigDecimal decimal(String name) {
        String text = text(name);
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new CorruptItemException(key, name, "a decimal");
        }
    }

    /** Collects the attributes of one item. */
    public static final class Builder {

        private final Key key;
        private final SortedMap<String, Value> attributes = new TreeMap<>();

        private Builder(Key key) {
            this.key = key;
        }

        public Builder with(String name, String text) {
            attributes.put(name, Value.of(text));
            return this;
        }

        public Builder with(String name, long number) {
            attributes.put(name, Value.of(number));
            return this;
        }

        public Builder with(String name, boolean flag) {
            attributes.put(name, Value.of(flag));
            return this;
        }

        public Builder with(String name, byte[] bytes) {
            attributes.put(name, Value.of(bytes));
            return this;
        }

        /** Kept as canonical text: no exponent, no trailing zeros. */
        public Builder with(String name, BigDecimal decimal) {
            return with(name, Decimals.canonical(decimal));
        }

        public Builder with(String name, Optional<String> text) {
            text.ifPresent(present -> with(name, present));
            return this;
        }

        public Item build() {
            return new Item(key, attributes);
        }
    }
}
