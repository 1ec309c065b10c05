package io.haetae.local.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document of one or more days: runs of those days, and the books as they stood at the end. Money, prices and
 * quantities are decimal strings; times are ISO 8601. Nothing in it depends on how long anything took.
 *
 * @param world what the store is about
 * @param from first day
 * @param to last day
 * @param tradingState the most restricted of the accounts' states
 * @param notes what a person should know of where the figures come from
 */
public record DayReport(
        String world,
        String from,
        String to,
        List<Run> runs,
        List<Account> accounts,
        List<Order> orders,
        List<Fill> fills,
        List<Position> positions,
        List<Watched> watchlist,
        String tradingState,
        List<String> notes) {

    /**
     * One run.
     *
     * @param scheduled when it was due; for a derived run and one by hand when it began
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Run(
            String scheduled,
            String job,
            String outcome,
            String reason,
            @Nullable List<String> lines) {

        /** What the run wants a person to read. */
        List<String> toRead() {
            return lines == null ? List.of() : lines;
        }
    }

    /**
     * A book.
     *
     * @param cash trade date, reservations not deducted
     * @param equity cash and the positions at their last price
     */
    public record Account(
            String id,
            String venue,
            String currency,
            String initialCapital,
            String cash,
            String equity,
            String tradingState) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Order(
            String id,
            String account,
            String session,
            String symbol,
            String side,
            String type,
            String quantity,
            String price,
            String state,
            String filled,
            String reason,
            @Nullable String note) {}

    public record Fill(
            String id,
            String order,
            String account,
            String at,
            String side,
            String symbol,
            String quantity,
            String price,
            String commission,
            String tax) {}

    /**
     * An open position.
     *
     * @param price last one known
     * @param unrealized in the account's currency
     */
    public record Position(
            String account,
            String symbol,
            String quantity,
            String averageCost,
            String price,
            String value,
            String unrealized,
            String realized) {}

    /** A share watched, best first. */
    public record Watched(
            String symbol, String name, String composite, String percentile, String price, String reason) {}

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always writable", e);
        }
    }

    /** @throws IllegalStateException when the text is not a report */
    public static DayReport fromJson(String text) {
        try {
            return JSON.readValue(text, DayReport.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored report cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** The runs of both, the books of the later one. */
    public DayReport then(DayReport later) {
        List<Run> all = new ArrayList<>(runs);
        all.addAll(later.runs);
        return new DayReport(
                world,
                from,
                later.to,
                all,
                later.accounts,
                later.orders,
                later.fills,
                later.positions,
                later.watchlist,
                later.tradingState,
                later.notes);
    }
}
