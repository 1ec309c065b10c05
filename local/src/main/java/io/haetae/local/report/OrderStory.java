package io.haetae.local.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.order.ExitTerms;
import io.haetae.order.Fill;
import io.haetae.order.HistoryEntry;
import io.haetae.order.Order;
import io.haetae.order.OrderEvent;
import io.haetae.store.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one order.
 *
 * @param history oldest first
 * @param fills oldest first
 */
public record OrderStory(Order order, List<HistoryEntry> history, List<Fill> fills) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);
    private static final int PRICE_DIGITS = 8;

    public OrderStory {
        history = List.copyOf(history);
        fills = List.copyOf(fills);
    }

    /**
     * Why it was wanted, what was checked, what was sent and what came back, for a terminal.
     *
     * @param zone the times are shown in
     */
    public String text(ZoneId zone) {
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s %s %s %s %s, %s"
                .formatted(
                        order.id(),
                        order.side(),
                        plain(order.quantity()),
                        order.instrument().code(),
                        order.type(),
                        plain(order.price()),
                        order.state()));
        lines.add("");
        lines.add("Order (times: " + zone + ")");
        lines.addAll(TextTable.lines(facts(zone)));
        lines.add("");
        lines.add("Story");
        lines.addAll(TextTable.lines(history.stream()
                .map(entry -> List.of(
                        time(entry.at(), zone),
                        word(entry.event()),
                        entry.state().name(),
                        entry.detail()))
                .toList()));
        lines.add("");
        lines.add("Fills");
        lines.addAll(fills.isEmpty() ? List.of("  none") : TextTable.lines(rows(zone)));
        return String.join("\n", lines);
    }

    private List<List<String>> facts(ZoneId zone) {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("account", order.account().toString()));
        facts.add(List.of("mode", order.account().mode().name()));
        facts.add(List.of("wanted", order.reason()));
        facts.add(List.of(
                "decision",
                "%s %s of %s, cause %s, order %d of it"
                        .formatted(
                                order.intent().purpose(),
                                order.rule() == null ? "" : "by " + order.rule().text(),
                                order.intent().strategy(),
                                order.intent().cause(),
                                order.intent().n() + 1)
                        .replace("  ", " ")));
        facts.add(List.of("session", order.intent().session().toString()));
        facts.add(List.of("intended", time(order.intendedAt(), zone)));
        protection(order.terms()).ifPresent(text -> facts.add(List.of("protection", text)));
        if (order.sendBy() != null) {
            facts.add(List.of("sent before", time(order.sendBy(), zone)));
        }
        facts.add(List.of("broker's name", order.brokerId() == null ? "not known" : order.brokerId()));
        facts.add(List.of("filled", filled()));
        facts.add(List.of(
                "holds back", plain(order.reserved()) + " " + order.account().currency()));
        if (!order.note().isEmpty()) {
            facts.add(List.of("last word", order.note()));
        }
        return facts;
    }

    private String filled() {
        String share = plain(order.filled()) + " of " + plain(order.quantity());
        return order.filled().signum() == 0
                ? share
                : share + " at "
                        + plain(order.filledValue()
                                .divide(order.filled(), MathContext.DECIMAL128)
                                .setScale(PRICE_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static Optional<String> protection(ExitTerms terms) {
        List<String> parts = new ArrayList<>();
        percent(parts, "stop", terms.stopPercent());
        percent(parts, "target", terms.targetPercent());
        percent(parts, "trailing stop", terms.trailingPercent());
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    private static void percent(List<String> parts, String name, @Nullable BigDecimal percent) {
        if (percent != null) {
            parts.add(name + " " + plain(percent) + " %");
        }
    }

    private List<List<String>> rows(ZoneId zone) {
        return fills.stream()
                .map(fill -> List.of(
                        time(fill.at(), zone),
                        plain(fill.quantity()),
                        "at " + plain(fill.price()),
                        "commission " + plain(fill.commission()),
                        "tax " + plain(fill.tax()),
                        fill.id()))
                .toList();
    }

    /** What a line of the story is: something we decided, asked of the broker, or heard from it. */
    private static String word(OrderEvent event) {
        return switch (event) {
            case INTEND -> "wanted";
            case DENY -> "denied";
            case PRECHECK_PASSED -> "checked";
            case SEND, CANCEL_REQUEST -> "sent";
            case LOSE -> "no answer";
            case ALARM -> "alarm";
            case EXPIRE, PROVE_NOT_PLACED -> "judged";
            case SETTLE_PLACED, SETTLE_NOT_PLACED -> "settled";
            case ACCEPT, REJECT, PARTIAL_FILL, FILL, CANCEL_CONFIRMED, CANCEL_REFUSED -> "came back";
        };
    }

    /** One document; decimals as strings. */
    public String json() {
        ObjectNode document = OrderTable.node(order);
        ArrayNode entries = document.putArray("story");
        history.forEach(entry -> entries.addObject()
                .put("number", entry.number())
                .put("at", entry.at().toString())
                .put("event", entry.event().name())
                .put("state", entry.state().name())
                .put("detail", entry.detail()));
        ArrayNode traded = document.putArray("fills");
        fills.forEach(fill -> traded.addObject()
                .put("id", fill.id())
                .put("at", fill.at().toString())
                .put("quantity", plain(fill.quantity()))
                .put("price", plain(fill.price()))
                .put("commission", plain(fill.commission()))
                .put("tax", plain(fill.tax())));
        return OrderTable.written(document);
    }

    private static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    private static String plain(BigDecimal amount) {
        return Decimals.canonical(amount);
    }
}
