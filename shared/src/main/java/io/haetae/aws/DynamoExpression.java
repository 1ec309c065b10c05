package io.haetae.aws;

import io.haetae.store.Action;
import io.haetae.store.Condition;
import io.haetae.store.Limits;
import io.haetae.store.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The conditions of one action in DynamoDB's expression language, with the names and values they stand for. */
final class DynamoExpression {

    private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);

    private final List<String> terms = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    DynamoExpression(Action action) {
        for (Condition condition : action.conditions()) {
            add(condition);
        }
        if (action instanceof Action.AddUpTo add) {
            addBounds(add);
        }
    }

    /** All conditions, empty when nothing is asked. */
    Optional<String> text() {
        return terms.isEmpty() ? Optional.empty() : Optional.of(String.join(" AND ", terms));
    }

    /** As above, for a check, which must ask something. */
    String textOrTrue() {
        return text().orElseGet(() -> {
            String key = name(Limits.PARTITION_NAME);
            return "attribute_exists(%s) OR attribute_not_exists(%s)".formatted(key, key);
        });
    }

    String name(String attribute) {
        String alias = "#n" + names.size();
        names.put(alias, attribute);
        return alias;
    }

    String value(AttributeValue attribute) {
        String alias = ":v" + values.size();
        values.put(alias, attribute);
        return alias;
    }

    /** Null when there are none: DynamoDB refuses an empty map. */
    @org.jspecify.annotations.Nullable
    Map<String, String> names() {
        return names.isEmpty() ? null : names;
    }

    /** Null when there are none: DynamoDB refuses an empty map. */
    @org.jspecify.annotations.Nullable
    Map<String, AttributeValue> values() {
        return values.isEmpty() ? null : values;
    }

    private void add(Condition condition) {
        switch (condition) {
            case Condition.Anything _ -> {}
            case Condition.Absent _ -> terms.add("attribute_not_exists(" + name(Limits.PARTITION_NAME) + ")");
            case Condition.Present _ -> terms.add("attribute_exists(" + name(Limits.PARTITION_NAME) + ")");
            case Condition.VersionIs(long version) -> compare("version", "=", Value.of(version), false);
            case Condition.AttributeEquals(String name, Value value, boolean orAbsent) ->
                compare(name, "=", value, orAbsent);
            case Condition.AttributeAtMost(String name, long maximum, boolean orAbsent) ->
                compare(name, "<=", Value.of(maximum), orAbsent);
        }
    }

    private void compare(String attribute, String operator, Value value, boolean orAbsent) {
        String name = name(attribute);
        String comparison = name + " " + operator + " " + value(DynamoItems.write(value));
        terms.add(orAbsent ? "(attribute_not_exists(" + name + ") OR " + comparison + ")" : comparison);
    }

    /** The sum stays at most the maximum, and a whole number that {@code long} holds. */
    private void addBounds(Action.AddUpTo add) {
        BigInteger amount = BigInteger.valueOf(add.amount());
        BigInteger highest = BigInteger.valueOf(add.maximum()).subtract(amount);
        BigInteger lowest = LOWEST.subtract(amount).max(LOWEST);
        String name = name(add.name());
        String inRange = "(%s >= %s AND %s <= %s)".formatted(name, number(lowest), name, number(highest));
        terms.add(add.amount() <= add.maximum() ? "(attribute_not_exists(" + name + ") OR " + inRange + ")" : inRange);
    }

    private String number(BigInteger number) {
        return value(AttributeValue.fromN(number.toString()));
    }
}
