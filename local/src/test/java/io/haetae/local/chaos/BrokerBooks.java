package io.haetae.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.local.saxo.SaxoSimulator;
import io.haetae.order.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a simulated venue has in its own books, read from where it keeps them and not through the client under test.
 *
 * @param orders that a program gave
 * @param byHand that people gave in the venue's own application
 * @param held quantity by code of the instrument
 * @param moments what people's orders had moved at each answer of the venue so far, repeats left out
 */
record BrokerBooks(
        List<Row> orders,
        List<Row> byHand,
        BigDecimal cash,
        Map<String, BigDecimal> held,
        List<Map<String, Long>> moments) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param id as our journal names it
     * @param reference the intent that it was sent for; empty where the venue carries none
     * @param paid what it moved the cash by, commission and tax included; empty where the venue does not say
     */
    record Row(
            String id,
            Optional<String> reference,
            String symbol,
            Side side,
            BigDecimal quantity,
            BigDecimal filled,
            Optional<BigDecimal> paid,
            boolean working) {

        /** What it moved the holding by. */
        BigDecimal moved() {
            return side == Side.BUY ? filled : filled.negate();
        }
    }

    static BrokerBooks ofKis(Path file, Instant now, List<Map<String, Long>> moments) {
        JsonNode state = read(file);
        List<Row> rows = new ArrayList<>();
        List<Row> people = new ArrayList<>();
        for (JsonNode order : state.path("working")) {
            if (!order.path("cancel").asBoolean()) {
                List<Row> whose = order.path("byHand").asBoolean() ? people : rows;
                whose.add(new Row(
                        order.path("date").asText() + "-" + order.path("number").asText(),
                        Optional.empty(),
                        order.path("symbol").asText(),
                        order.path("buy").asBoolean() ? Side.BUY : Side.SELL,
                        order.path("quantity").decimalValue(),
                        order.path("filled").decimalValue(),
                        Optional.of(paid(order)),
                        left(order) > 0 && now.isBefore(close(order))));
            }
        }
        Map<String, BigDecimal> held = new TreeMap<>();
        for (Map.Entry<String, JsonNode> holding : state.path("holdings").properties()) {
            held.put(holding.getKey(), holding.getValue().path("quantity").decimalValue());
        }
        return new BrokerBooks(rows, people, state.path("cash").decimalValue(), held, moments);
    }

    static BrokerBooks ofSaxo(SaxoSimulator bank) {
        List<Row> rows = bank.book().stream()
                .map(order -> new Row(
                        order.orderId(),
                        Optional.of(order.reference()).filter(reference -> !reference.isEmpty()),
                        order.code(),
                        order.side().equals("Buy") ? Side.BUY : Side.SELL,
                        order.amount(),
                        order.filled(),
                        Optional.empty(),
                        order.state().equals("WORKING")))
                .toList();
        return new BrokerBooks(rows, List.of(), bank.cash(), bank.held(), List.of());
    }

    private static BigDecimal paid(JsonNode order) {
        BigDecimal amount = order.path("amount").decimalValue();
        return (order.path("buy").asBoolean() ? amount.negate() : amount)
                .subtract(order.path("charges").decimalValue());
    }

    private static long left(JsonNode order) {
        long left = order.path("quantity").asLong();
        for (String gone : List.of("filled", "cancelled", "amended", "rejected")) {
            left -= order.path(gone).asLong();
        }
        return left;
    }

    /** What is left then ends without a word. */
    private static Instant close(JsonNode order) {
        LocalDate date = LocalDate.parse(order.path("date").asText(), DateTimeFormatter.BASIC_ISO_DATE);
        return Morning.at(date, LocalTime.of(15, 30));
    }

    private static JsonNode read(Path file) {
        try {
            return Files.exists(file) ? JSON.readTree(Files.readString(file)) : JSON.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
