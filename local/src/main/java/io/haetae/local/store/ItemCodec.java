package io.haetae.local.store;

import io.haetae.store.CorruptItemException;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attributes as bytes: the version, the number of attributes, then each as name, kind and value, in order of name.
 * Texts and byte arrays stand behind their length. Equal items have equal bytes.
 */
final class ItemCodec {

    private static final int VERSION = 1;
    private static final int TEXT = 1;
    private static final int WHOLE = 2;
    private static final int FALSE = 3;
    private static final int TRUE = 4;
    private static final int BYTES = 5;

    private ItemCodec() {}

    static byte[] encode(Item item) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(item.attributes().size());
            for (Map.Entry<String, Value> attribute : item.attributes().entrySet()) {
                writeArray(out, attribute.getKey().getBytes(StandardCharsets.UTF_8));
                switch (attribute.getValue()) {
                    case Value.Text(String text) -> {
                        out.writeByte(TEXT);
                        writeArray(out, text.getBytes(StandardCharsets.UTF_8));
                    }
                    case Value.Whole(long number) -> {
                        out.writeByte(WHOLE);
                        out.writeLong(number);
                    }
                    case Value.Flag(boolean flag) -> out.writeByte(flag ? TRUE : FALSE);
                    case Value.Bytes(byte[] array) -> {
                        out.writeByte(BYTES);
                        writeArray(out, array);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws CorruptItemException when the bytes are not what {@link #encode} made */
    static Item decode(Key key, byte[] bytes) {
        ByteArrayInputStream source = new ByteArrayInputStream(bytes);
        try (DataInputStream in = new DataInputStream(source)) {
            if (in.readUnsignedByte() != VERSION) {
                throw corrupt(key);
            }
            int count = in.readInt();
            Map<String, Value> attributes = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                String name = new String(readArray(key, in), StandardCharsets.UTF_8);
                attributes.put(
                        name,
                        switch (in.readUnsignedByte()) {
                            case TEXT -> Value.of(new String(readArray(key, in), StandardCharsets.UTF_8));
                            case WHOLE -> Value.of(in.readLong());
                            case FALSE -> Value.of(false);
                            case TRUE -> Value.of(true);
                            case BYTES -> Value.of(readArray(key, in));
                            default -> throw corrupt(key);
                        });
            }
            if (source.available() > 0 || attributes.size() != count) {
                throw corrupt(key);
            }
            return new Item(key, attributes);
        } catch (IOException e) {
            throw corrupt(key);
        }
    }

    private static void writeArray(DataOutputStream out, byte[] array) throws IOException {
        out.writeInt(array.length);
        out.write(array);
    }

    private static byte[] readArray(Key key, DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw corrupt(key);
        }
        return in.readNBytes(length);
    }

    private static CorruptItemException corrupt(Key key) {
        return new CorruptItemException(key, "*", "readable");
    }
}
