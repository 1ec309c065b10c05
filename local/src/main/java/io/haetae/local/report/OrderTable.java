package io.haetae.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.order.Order;
import io.haetae.store.Decimals;
import java.util.List;

/** Orders, one a line. */
public final class OrderTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OrderTable() {}

    /** For a terminal. The mode stands in every line, as part of the account. */
    public static String text(List<Order> orders) {
        if (orders.isEmpty()) {
            return "no orders";
        }
        return String.join(
                "\n", TextTable.lines(orders.stream().map(OrderTable::cells).toList()));
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
    public static String json(String world, List<Order> orders) {
        ObjectNode document = JSON.createObjectNode().put("world", world);
        ArrayNode rows = document.putArray("orders");
        orders.forEach(order -> rows.add(node(order)));
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
