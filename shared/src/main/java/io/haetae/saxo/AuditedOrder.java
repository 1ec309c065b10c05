package io.haetae.saxo;

import io.haetae.market.InstrumentId;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Execution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One order as its rows in the audit tell it, in whatever order they came and however often.
 *
 * @param rows at least one, each once, by time
 */
record AuditedOrder(List<OrderActivity> rows) {

    /** How {@link io.haetae.order.Intent#id()} begins: the session that the order is for. */
    private static final Pattern OURS = Pattern.compile("([0-9]{8})-[0-9a-f]{32}");

    static AuditedOrder of(List<OrderActivity> rows) {
        TreeMap<String, OrderActivity> once = new TreeMap<>();
        rows.forEach(row -> once.put(row.logId(), row));
        return new AuditedOrder(once.values().stream()
                .sorted(Comparator.comparing(OrderActivity::at)
                        .thenComparing(row -> row.filledAmount().orElse(BigDecimal.ZERO)))
                .toList());
    }

    private OrderActivity first() {
        return rows.getFirst();
    }

    String orderId() {
        return first().orderId();
    }

    private String externalReference() {
        return rows.stream()
                .map(OrderActivity::externalReference)
                .filter(reference -> !reference.isEmpty())
                .findFirst()
                .orElse("");
    }

    LocalDate session(ZoneId zone) {
        return session(externalReference(), first().at(), zone);
    }

    /** The session that our own id names; of anyone else's order the date it was placed on. */
    static LocalDate session(String externalReference, Instant placedAt, ZoneId zone) {
        return ourSession(externalReference).orElseGet(() -> LocalDate.ofInstant(placedAt, zone));
    }

    private static Optional<LocalDate> ourSession(String externalReference) {
        Matcher ours = OURS.matcher(externalReference);
        if (!ours.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(ours.group(1), DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeParseException e) {
            // A person may call an order anything.
            return Optional.empty();
        }
    }

    private boolean happened(String status) {
        return rows.stream()
                .anyMatch(row -> row.status().equals(status)
                        && !row.subStatus().equals("Requested")
                        && !row.subStatus().equals("Rejected"));
    }

    private InstrumentId instrument() {
        return SaxoQuotes.instrument(first().assetType(), first().uic());
    }

    private BigDecimal filled() {
        return rows.stream()
                .filter(OrderActivity::isFill)
                .map(row -> row.filledAmount().orElse(BigDecimal.ZERO))
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
    }

    /** @param working the order among those that Saxo works on */
    BrokerOrder shown(Optional<OpenOrder> working) {
        OrderActivity last = rows.getLast();
        BrokerOrder.State state = state(working.isPresent());
        return new BrokerOrder(
                orderId(),
                SaxoBroker.reference(externalReference()),
                instrument(),
                SaxoBroker.side(first().buySell()),
                last.amount(),
                last.price(),
                first().at(),
                state,
                filled(),
                state == BrokerOrder.State.WORKING && working.isEmpty()
                        ? "no longer among the working orders; the audit does not say yet what became of it"
                        : "");
    }

    private BrokerOrder.State state(boolean works) {
        boolean rejected = rows.stream()
                .anyMatch(
                        row -> row.status().equals("Placed") && row.subStatus().equals("Rejected"));
        if (happened("FinalFill")) {
            return BrokerOrder.State.FILLED;
        }
        if (happened("Cancelled")) {
            return BrokerOrder.State.CANCELLED;
        }
        // An order that is done for the day may go on tomorrow.
        if (happened("Expired") || (happened("DoneForDay") && !works)) {
            return BrokerOrder.State.EXPIRED;
        }
        return rejected ? BrokerOrder.State.REJECTED : BrokerOrder.State.WORKING;
    }

    /**
     * Its trades. Commission is what our model says of the whole order, given to the trades in their order: the audit
     * does not tell it, and what Saxo really took shows in the cash.
     *
     * @throws SaxoFormatException when a row of an order of ours does not say how much was traded or at what price, or
     *     when rows are missing; of a person's order what is told is enough
     */
    List<Execution.Trade> trades() {
        List<Execution.Trade> trades = new ArrayList<>();
        BigDecimal quantity = BigDecimal.ZERO;
        BigDecimal value = BigDecimal.ZERO;
        BigDecimal charged = BigDecimal.ZERO;
        boolean ours = ourSession(externalReference()).isPresent();
        for (OrderActivity row : rows) {
            if (!row.isFill()) {
                continue;
            }
            BigDecimal amount = row.fillAmount().orElse(BigDecimal.ZERO);
            BigDecimal price = row.executionPrice().orElse(BigDecimal.ZERO);
            if (amount.signum() <= 0 || price.signum() <= 0) {
                if (ours) {
                    throw new SaxoFormatException("the fill " + row.logId() + " of order " + row.orderId()
                            + " does not say how much was traded at what price");
                }
                continue;
            }
            quantity = quantity.add(amount);
            value = value.add(amount.multiply(price));
            BigDecimal commission = SaxoCosts.commission(row.assetType(), value);
            trades.add(new Execution.Trade(
                    row.orderId(),
                    row.logId(),
                    amount,
                    price,
                    BigDecimal.ONE,
                    commission.subtract(charged),
                    BigDecimal.ZERO,
                    row.at()));
            charged = commission;
        }
        if (ours && quantity.compareTo(filled()) != 0) {
            throw new SaxoFormatException("the audit is incomplete: order " + orderId() + " filled "
                    + SaxoBroker.plain(filled()) + ", its fills are " + SaxoBroker.plain(quantity));
        }
        return trades;
    }
}
