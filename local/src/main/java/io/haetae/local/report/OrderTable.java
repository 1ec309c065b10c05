package io.haetae.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Order;
import io.haetae.portfolio.AccountId;
import io.haetae.store.Decimals;
import java.util.ArrayList;
import java.util.List;

/**
 * Orders, one a line.
 *
 * @param ours in the order in which they are told
 * @param peoples at the broker, placed by hand or by another program
 */
public record OrderTable(List<Order> ours, List<Foreign> peoples) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An order in one of our accounts that is none of ours. */
    public record Foreign(AccountId account, BrokerOrder order) {}

    public OrderTable {
        ours = List.copyOf(ours);
        peoples = List.copyOf(peoples);
    }

    /** For a terminal. The mode stands in every line, as part of the account. */
    public String text() {
        List<String> lines = new ArrayList<>(
                ours.isEmpty()
                        ? List.of("no orders")
                        : TextTable.lines(ours.stream().map(OrderTable::cells).toList()));
        if (!peoples.isEmpty()) {
            lines.add("placed by people, taken note of and never touched:");
            lines.addAll(TextTable.lines(peoples.stream().map(OrderTable::cells).toList()));
        }
        return String.join("\n", lines);
    }

    private static List<String> cells(Foreign foreign) {
        BrokerOrder order = foreign.order();
        return List.of(
                order.brokerId(),
                foreign.account().toString(),
                order.side().name(),
                Decimals.canonical(order.quantity()),
                order.instrument().code(),
                order.limit().map(limit -> "LIMIT " + Decimals.canonical(limit)).orElse("MARKET"),
                order.state().name(),
                "filled " + Decimals.canonical(order.filled()));
    }

    private static List<String> cells(Order order) {
        return List.of(
                order.id(),
                order.account().toString(),
                order.side().name(),
                Decimals.canonical(order.quantity()),
                order.instrument().code(),
                order.type() + " " + Decimals.canonical(order.price()),
                order.state().name(),
                order.note().isEmpty() ? order.reason() : order.reason() + " · " + order.note());
    }

    /** One document; decimals as strings. */
    public String json(String world) {
        ObjectNode document = JSON.createObjectNode().put("world", world);
        ArrayNode rows = document.putArray("orders");
        ours.forEach(order -> rows.add(node(order)));
        ArrayNode others = document.putArray("peoples");
        peoples.forEach(foreign -> others.addObject()
                .put("brokerId", foreign.order().brokerId())
                .put("account", foreign.account().toString())
                .put("side", foreign.order().side().name())
                .put("symbol", foreign.order().instrument().code())
                .put("quantity", Decimals.canonical(foreign.order().quantity()))
                .put("state", foreign.order().state().name())
                .put("filled", Decimals.canonical(foreign.order().filled()))
                .put("placedAt", foreign.order().placedAt().toString()));
        return written(document);
    }

    static ObjectNode node(Order order) {
        ObjectNode node = JSON.createObjectNode()
                .put("id", order.id())
                .put("account", order.account().toString())
                .put("mode", order.account().mode().name())
                .put("session", order.intent().session().toString())
                .put("side", order.side().name())
                .put("purpose", order.intent().purpose().name())
                .put("symbol", order.instrument().code())
                .put("type", order.type().name())
                .put("quantity", Decimals.canonical(order.quantity()))
                .put("price", Decimals.canonical(order.price()))
                .put("state", order.state().name())
                .put("filled", Decimals.canonical(order.filled()))
                .put("strategy", order.intent().strategy())
                .put("cause", order.intent().cause())
                .put("n", order.intent().n())
                .put("reason", order.reason())
                .put("note", order.note())
                .put("intendedAt", order.intendedAt().toString())
                .put("changedAt", order.changedAt().toString());
        if (order.brokerId() != null) {
            node.put("brokerId", order.brokerId());
        }
        return node;
    }

    static String written(ObjectNode document) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of texts is always JSON", e);
        }
    }
}
