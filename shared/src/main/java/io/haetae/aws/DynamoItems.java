package io.haetae.aws;

import io.haetae.store.CorruptItemException;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Limits;
import io.haetae.store.Table;
import io.haetae.store.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items as DynamoDB writes them: S, N, BOOL and B, with the key and the write id beside the attributes. */
final class DynamoItems {

    private DynamoItems() {}

    static Map<String, AttributeValue> write(Item item, String writeId) {
        Map<String, AttributeValue> attributes = new HashMap<>(write(item.key()));
        item.attributes().forEach((name, value) -> attributes.put(name, write(value)));
        attributes.put(Limits.WRITE_ID_NAME, AttributeValue.fromS(writeId));
        return attributes;
    }

    static Map<String, AttributeValue> write(Key key) {
        return Map.of(
                Limits.PARTITION_NAME,
                AttributeValue.fromS(key.partition()),
                Limits.SORT_NAME,
                AttributeValue.fromS(key.sort()));
    }

    static AttributeValue write(Value value) {
        return switch (value) {
            case Value.Text(String text) -> AttributeValue.fromS(text);
            case Value.Whole(long number) -> AttributeValue.fromN(Long.toString(number));
            case Value.Flag(boolean flag) -> AttributeValue.fromBool(flag);
            case Value.Bytes(byte[] bytes) -> AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes));
        };
    }

    /** @throws CorruptItemException when an attribute has a kind that this program never writes */
    static Item read(Table table, Map<String, AttributeValue> attributes) {
        Key key = key(table, attributes);
        Map<String, Value> values = new TreeMap<>();
        attributes.forEach((name, attribute) -> {
            if (!name.equals(Limits.PARTITION_NAME)
                    && !name.equals(Limits.SORT_NAME)
                    && !name.equals(Limits.WRITE_ID_NAME)) {
                values.put(name, read(key, name, attribute));
            }
        });
        return new Item(key, values);
    }

    static Key key(Table table, Map<String, AttributeValue> attributes) {
        return new Key(table, text(attributes, Limits.PARTITION_NAME), text(attributes, Limits.SORT_NAME));
    }

    /** Whether the item was last written by this write. */
    static boolean isWrittenBy(String writeId, @Nullable Map<String, AttributeValue> attributes) {
        AttributeValue last = attributes == null ? null : attributes.get(Limits.WRITE_ID_NAME);
        return last != null && writeId.equals(last.s());
    }

    private static Value read(Key key, String name, AttributeValue attribute) {
        return switch (attribute.type()) {
            case S -> Value.of(attribute.s());
            case N -> {
                try {
                    yield Value.of(Long.parseLong(attribute.n()));
                } catch (NumberFormatException e) {
                    throw new CorruptItemException(key, name, "a whole number");
                }
            }
            case BOOL -> Value.of(attribute.bool());
            case B -> Value.of(attribute.b().asByteArrayUnsafe());
            case SS, NS, BS, M, L, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new CorruptItemException(key, name, "text, a whole number, a flag or bytes");
        };
    }

    private static String text(Map<String, AttributeValue> attributes, String name) {
        AttributeValue value = attributes.get(name);
        if (value == null || value.s() == null) {
            throw new IllegalStateException("an item without '" + name + "'");
        }
        return value.s();
    }
}
