package io.haetae.order;

import io.haetae.event.DomainEvent;
import io.haetae.job.Fence;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The next version of one order, with its story and events, before it is written. */
final class ChangeDraft {

    private final List<HistoryEntry> history = new ArrayList<>();
    private final List<DomainEvent> events = new ArrayList<>();
    private final Instant now;
    private Order order;

    private ChangeDraft(Order order, Instant now) {
        this.order = order;
        this.now = now;
    }

    /** A new version of a written order. */
    static ChangeDraft of(Order before, Instant now) {
        return new ChangeDraft(
                new Edit(before).version(before.version() + 1).changedAt(now).done(), now);
    }

    /** The first version of an order, or of a denied one that is judged again. */
    static ChangeDraft born(Order order, OrderEvent event, String detail, Instant now) {
        ChangeDraft draft = new ChangeDraft(order, now);
        draft.record(event, detail, detail);
        return draft;
    }

    Order order() {
        return order;
    }

    ChangeDraft apply(OrderEvent event, String detail) {
        return apply(event, detail, detail);
    }

    /**
     * @param story for the order's history: how it is known, with numbers
     * @param note what is said of the order, whichever way it became known
     */
    ChangeDraft apply(OrderEvent event, String story, String note) {
        order = new Edit(order)
                .state(OrderLife.next(order.state(), event))
                .note(note)
                .done();
        record(event, story, note);
        return this;
    }

    ChangeDraft sendBy(Instant moment) {
        order = new Edit(order).sendBy(moment).done();
        return this;
    }

    ChangeDraft brokerId(String brokerId) {
        order = new Edit(order).brokerId(brokerId).done();
        return this;
    }

    ChangeDraft disclaimed(Set<String> names) {
        order = new Edit(order).disclaimed(names).done();
        return this;
    }

    ChangeDraft denial(Denial denial) {
        order = new Edit(order).denial(denial).done();
        return this;
    }

    void reserved(BigDecimal reserved) {
        order = new Edit(order).reserved(reserved).done();
    }

    ChangeDraft fill(Fill fill) {
        BigDecimal filled = order.filled().add(fill.quantity());
        order = new Edit(order)
                .filled(filled, order.filledValue().add(fill.amount()))
                .done();
        String note = "filled " + Plain.of(fill.quantity()) + " at " + Plain.of(fill.price());
        String story = note + " (" + fill.id() + "), " + Plain.of(filled) + " of " + Plain.of(order.quantity())
                + ", commission " + Plain.of(fill.commission()) + ", tax " + Plain.of(fill.tax());
        return apply(filled.compareTo(order.quantity()) >= 0 ? OrderEvent.FILL : OrderEvent.PARTIAL_FILL, story, note);
    }

    Change change(@Nullable Fence fence, List<? extends Change.Part> parts) {
        return new Change(fence, order, history, events, List.copyOf(parts));
    }

    private void record(OrderEvent event, String story, String note) {
        int number = order.stories() + 1;
        order = new Edit(order).stories(number).done();
        history.add(new HistoryEntry(order.id(), number, event, order.state(), now, story));
        type(event).ifPresent(type -> events.add(event(type, number, note)));
    }

    private DomainEvent event(String type, int number, String detail) {
        Map<String, String> details = new TreeMap<>();
        details.put("order", order.id());
        details.put("mode", order.account().mode().name());
        details.put("instrument", order.instrument().toString());
        details.put("side", order.side().name());
        details.put("purpose", order.intent().purpose().name());
        details.put("strategy", order.intent().strategy());
        details.put("quantity", Plain.of(order.quantity()));
        details.put("filled", Plain.of(order.filled()));
        details.put("state", order.state().name());
        details.put("reason", order.reason());
        details.put("detail", detail);
        return new DomainEvent(order.id() + "#" + number, type, order.account().toString(), now, details);
    }

    private static Optional<String> type(OrderEvent event) {
        return switch (event) {
            case DENY -> Optional.of("OrderDenied");
            case ACCEPT -> Optional.of("OrderAccepted");
            case REJECT -> Optional.of("OrderRejected");
            case LOSE -> Optional.of("OrderUnknown");
            case PARTIAL_FILL -> Optional.of("OrderPartiallyFilled");
            case FILL -> Optional.of("OrderFilled");
            case CANCEL_CONFIRMED -> Optional.of("OrderCancelled");
            case EXPIRE -> Optional.of("OrderExpired");
            case PROVE_NOT_PLACED -> Optional.of("OrderNotPlaced");
            case SETTLE_PLACED, SETTLE_NOT_PLACED -> Optional.of("OrderSettled");
            case ALARM -> Optional.of("OrderAlarm");
            case INTEND, PRECHECK_PASSED, SEND, CANCEL_REQUEST, CANCEL_REFUSED -> Optional.empty();
        };
    }
}
