package io.haetae.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which rows of a broker are orders of ours. A row has one owner and an order one row. A row is an order's by the
 * broker's own name of it, else by our reference; where the venue carries no reference, a sending whose answer was lost
 * is looked for by instrument, side, quantity, price and time, once it can no longer be on its way. Several rows that fit,
 * or several orders that a row fits, prove nothing.
 *
 * @param owners orders by the broker's name
 * @param rows of orders, by the order's id
 * @param doubtful rows that may be a lost order's and are not proven to be, by the order's id
 * @param foreign rows that are no order of ours: people's
 */
record Ownership(
        Map<String, Order> owners,
        Map<String, BrokerOrder> rows,
        Map<String, List<BrokerOrder>> doubtful,
        List<BrokerOrder> foreign) {

    /** A venue that tells whole seconds, and clocks that differ a little. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /**
     * @param ours every order of the session, ended ones too, as read after the rows
     * @param asked when the rows were asked for
     */
    static Ownership of(List<Order> ours, List<BrokerOrder> rows, Broker.Traits traits, Instant asked) {
        Ownership found = new Ownership(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
        List<BrokerOrder> open = found.byName(ours, rows);
        open = found.byReference(ours, open);
        if (!traits.carriesReference()) {
            open = found.byScan(ours, open, traits, asked);
            open = found.afterAll(ours, open, traits);
        }
        found.foreign.addAll(open);
        return found;
    }

    /** Several rows may be the order's, and which one is will not become clearer by itself. */
    Optional<List<BrokerOrder>> ambiguous(Order order, Broker.Traits traits, Instant asked) {
        return Optional.ofNullable(doubtful.get(order.id()))
                .filter(_ -> !asked.isBefore(Lost.judgement(order, traits)));
    }

    /** The row turned out to be another order's. */
    void disown(Order order, BrokerOrder row) {
        owners.remove(row.brokerId());
        rows.remove(order.id());
        doubtful.put(order.id(), List.of(row));
    }

    private List<BrokerOrder> byName(List<Order> ours, List<BrokerOrder> open) {
        Map<String, Order> named = new TreeMap<>();
        for (Order order : ours) {
            String name = order.brokerId();
            if (name != null) {
                named.put(name, order);
            }
        }
        List<BrokerOrder> left = new ArrayList<>();
        for (BrokerOrder row : open) {
            Order order = named.get(row.brokerId());
            if (order == null) {
                left.add(row);
            } else {
                own(order, row);
            }
        }
        return left;
    }

    private List<BrokerOrder> byReference(List<Order> ours, List<BrokerOrder> open) {
        Map<String, List<BrokerOrder>> referring = new TreeMap<>();
        for (BrokerOrder row : open) {
            row.reference().ifPresent(id -> referring
                    .computeIfAbsent(id, _ -> new ArrayList<>())
                    .add(row));
        }
        List<BrokerOrder> left = new ArrayList<>(open);
        for (Order order : ours) {
            List<BrokerOrder> fitting = referring.getOrDefault(order.id(), List.of());
            if (fitting.isEmpty() || order.state().isUnsent()) {
                continue;
            }
            left.removeAll(fitting);
            if (fitting.size() == 1 && order.brokerId() == null) {
                own(order, fitting.getFirst());
            } else {
                // One of ours that the broker shows twice: our name or nothing says which.
                doubtful.put(order.id(), fitting);
            }
        }
        return left;
    }

    private List<BrokerOrder> byScan(List<Order> ours, List<BrokerOrder> open, Broker.Traits traits, Instant asked) {
        Map<String, Integer> fits = new TreeMap<>();
        Map<Order, List<BrokerOrder>> candidates = new TreeMap<>(Comparator.comparing(Order::id));
        for (Order order : ours) {
            if (order.brokerId() != null || !mayBeThere(order.state()) || rows.containsKey(order.id())) {
                continue;
            }
            List<BrokerOrder> fitting =
                    open.stream().filter(row -> fits(order, row, traits)).toList();
            fitting.forEach(row -> fits.merge(row.brokerId(), 1, Integer::sum));
            if (!fitting.isEmpty()) {
                candidates.put(order, fitting);
            }
        }
        List<BrokerOrder> left = new ArrayList<>(open);
        candidates.forEach((order, fitting) -> {
            left.removeAll(fitting);
            boolean alone = fitting.size() == 1
                    && Objects.equals(fits.get(fitting.getFirst().brokerId()), 1);
            if (alone && !asked.isBefore(Lost.judgement(order, traits))) {
                own(order, fitting.getFirst());
            } else {
                doubtful.put(order.id(), fitting);
            }
        });
        return left;
    }

    /**
     * A person said of a written-off order that it is none of the rows that were there: it keeps none from another order,
     * and never takes one of those. The one row that came later and fits no order but this shows that it arrived after all.
     */
    private List<BrokerOrder> afterAll(List<Order> ours, List<BrokerOrder> open, Broker.Traits traits) {
        List<BrokerOrder> left = new ArrayList<>(open);
        List<Order> writtenOff = ours.stream()
                .filter(order -> order.state() == OrderState.WRITTEN_OFF && !rows.containsKey(order.id()))
                .toList();
        for (Order order : writtenOff) {
            List<BrokerOrder> fitting = open.stream()
                    .filter(row -> arrivedAfterAll(order, row, traits))
                    .toList();
            boolean shared = writtenOff.stream()
                    .anyMatch(other -> !other.equals(order)
                            && fitting.stream().anyMatch(row -> arrivedAfterAll(other, row, traits)));
            if (fitting.size() == 1 && !shared) {
                own(order, fitting.getFirst());
                left.removeAll(fitting);
            }
        }
        return left;
    }

    private static boolean arrivedAfterAll(Order order, BrokerOrder row, Broker.Traits traits) {
        return !order.disclaimed().contains(row.brokerId()) && fits(order, row, traits);
    }

    private void own(Order order, BrokerOrder row) {
        owners.put(row.brokerId(), order);
        rows.put(order.id(), row);
    }

    /** NOT_PLACED too: the broker may show it later than it ever should. */
    private static boolean mayBeThere(OrderState state) {
        return switch (state) {
            case SENDING, UNKNOWN, NOT_PLACED -> true;
            case INTENDED,
                    DENIED,
                    PRECHECKED,
                    ACCEPTED,
                    PARTIALLY_FILLED,
                    FILLED,
                    CANCELLING,
                    CANCELLED,
                    REJECTED,
                    EXPIRED,
                    WRITTEN_OFF -> false;
        };
    }

    /** A venue may show an order as placed from then on. */
    static Instant from(Order order) {
        Instant first = Lost.sendBy(order).minus(Sending.TIME);
        return (first.isBefore(order.intendedAt()) ? order.intendedAt() : first).minus(TOLERANCE);
    }

    /** The row is like the order in everything that a venue tells which carries no reference. */
    static boolean fits(Order order, BrokerOrder row, Broker.Traits traits) {
        return mayBe(order, row)
                && row.reference().isEmpty()
                && row.instrument().equals(order.instrument())
                && row.side() == order.side()
                && row.quantity().compareTo(order.quantity()) == 0
                && !row.placedAt()
                        .isAfter(Lost.sendBy(order).plus(traits.callTimeout()).plus(TOLERANCE));
    }

    /** Nothing of the row's price, or of when it was placed, keeps a person from saying that it is the order. */
    static boolean mayBe(Order order, BrokerOrder row) {
        boolean price =
                switch (order.type()) {
                    case LIMIT ->
                        row.limit()
                                .filter(limit -> limit.compareTo(order.price()) == 0)
                                .isPresent();
                    case MARKET -> row.limit().isEmpty();
                };
        return price && !row.placedAt().isBefore(from(order));
    }
}
