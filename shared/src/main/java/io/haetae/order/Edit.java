package io.haetae.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies an order with some of its fields changed. */
final class Edit {

    private final Order from;
    private OrderState state;
    private BigDecimal reserved;
    private BigDecimal filled;
    private BigDecimal filledValue;
    private @Nullable String brokerId;
    private @Nullable Denial denial;
    private String note;
    private @Nullable Instant sendBy;
    private Instant changedAt;
    private long version;
    private int stories;
    private Set<String> disclaimed;

    Edit(Order from) {
        this.from = from;
        state = from.state();
        reserved = from.reserved();
        filled = from.filled();
        filledValue = from.filledValue();
        brokerId = from.brokerId();
        denial = from.denial();
        note = from.note();
        sendBy = from.sendBy();
        changedAt = from.changedAt();
        version = from.version();
        stories = from.stories();
        disclaimed = from.disclaimed();
    }

    Edit state(OrderState value) {
        state = value;
        return this;
    }

    Edit reserved(BigDecimal value) {
        reserved = value;
        return this;
    }

    Edit filled(BigDecimal quantity, BigDecimal value) {
        filled = quantity;
        filledValue = value;
        return this;
    }

    Edit brokerId(String value) {
        brokerId = value;
        return this;
    }

    Edit denial(Denial value) {
        denial = value;
        return this;
    }

    Edit note(String value) {
        note = value;
        return this;
    }

    Edit sendBy(Instant value) {
        sendBy = value;
        return this;
    }

    Edit changedAt(Instant value) {
        changedAt = value;
        return this;
    }

    Edit version(long value) {
        version = value;
        return this;
    }

    Edit stories(int value) {
        stories = value;
        return this;
    }

    Edit disclaimed(Set<String> value) {
        disclaimed = value;
        return this;
    }

    Order done() {
        return new Order(
                from.id(),
                from.intent(),
                from.type(),
                from.timeInForce(),
                from.price(),
                from.quantity(),
                from.conversion(),
                reserved,
                from.validity(),
                from.terms(),
                from.rule(),
                from.reason(),
                state,
                filled,
                filledValue,
                brokerId,
                denial,
                note,
                from.intendedAt(),
                sendBy,
                changedAt,
                version,
                stories,
                disclaimed);
    }
}
