package io.haetae.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.market.Coverage;
import io.haetae.market.Refusal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The stored sessions of a range and what is missing from it.
 *
 * @param closed sessions of the calendar in the range that have ended
 * @param stored by session
 * @param refusals of sessions without the Exchange's rows, by session
 * @param today on the exchange's wall
 */
record DataPage(
        String world,
        String place,
        LocalDate from,
        LocalDate to,
        LocalDate today,
        List<LocalDate> closed,
        Map<LocalDate, Coverage> stored,
        Map<LocalDate, Refusal> refusals) {

    private static final TradingCalendar CALENDAR = XkrxCalendar.bundled();

    static DataPage of(StoredMarket stored, LocalDate from, LocalDate to) {
        Map<LocalDate, Coverage> coverages = new HashMap<>();
        stored.data().coverage(from, to).forEach(coverage -> coverages.put(coverage.session(), coverage));
        Map<LocalDate, Refusal> refusals = new HashMap<>();
        stored.gaps().refusals(from, to).forEach(refusal -> refusals.put(refusal.session(), refusal));
        List<LocalDate> closed = CALENDAR.sessionsBetween(from, to).stream()
                .filter(session -> !session.close().isAfter(stored.now()))
                .map(Session::date)
                .toList();
        return new DataPage(
                stored.world().id(), stored.place().toString(), from, to, stored.today(), closed, coverages, refusals);
    }

    private Optional<Coverage> complete(LocalDate session) {
        return Optional.ofNullable(stored.get(session)).filter(Coverage::complete);
    }

    private List<LocalDate> gaps() {
        return closed.stream().filter(session -> complete(session).isEmpty()).toList();
    }

    private Optional<LocalDate> newestComplete() {
        return closed.reversed().stream()
                .filter(session -> complete(session).isPresent())
                .findFirst();
    }

    /** Sessions that have begun since. */
    private int age(LocalDate session) {
        return CALENDAR.sessionsBetween(session.plusDays(1), today).size();
    }

    private String why(LocalDate session) {
        Refusal refusal = refusals.get(session);
        Coverage coverage = stored.get(session);
        if (refusal != null) {
            return "refused %d times, last %s: %s"
                    .formatted(refusal.attempts(), seoul(refusal.lastTried()), refusal.reason());
        }
        return coverage == null ? "never asked for" : "incomplete";
    }

    private static String seoul(java.time.Instant moment) {
        return moment.atZone(XkrxCalendar.SEOUL)
                .toLocalDateTime()
                .withSecond(0)
                .withNano(0)
                .toString();
    }

    /** For a person. */
    String text(int rows) {
        List<String> lines = new ArrayList<>();
        lines.add("world " + world + ", kept in " + place);
        List<LocalDate> gaps = gaps();
        lines.add("%s to %s: %d of %d sessions complete%s"
                .formatted(
                        from,
                        to,
                        closed.size() - gaps.size(),
                        closed.size(),
                        newestComplete()
                                .map(newest -> "; the newest, " + newest + ", is " + word(newest) + " and "
                                        + sessions(age(newest)) + " old on " + today)
                                .orElse("")));
        lines.add("");
        lines.add("%-10s %6s %8s %8s  %-11s %-16s  %s"
                .formatted("session", "rows", "expected", "coverage", "source", "revision", "fetched (Asia/Seoul)"));
        List<LocalDate> shown = closed.subList(Math.max(0, closed.size() - rows), closed.size());
        for (LocalDate session : shown) {
            Coverage coverage = stored.get(session);
            if (coverage != null) {
                lines.add(line(coverage));
                coverage.difference().ifPresent(difference -> lines.add("           " + difference.text()));
                coverage.remarks().forEach(remark -> lines.add("           " + remark));
            }
        }
        if (shown.size() < closed.size()) {
            lines.add("… %d older ones: --from shows them".formatted(closed.size() - shown.size()));
        }
        if (!gaps.isEmpty()) {
            lines.add("");
            lines.add("Gaps");
            tellGaps(gaps, lines);
        }
        return String.join("\n", lines);
    }

    /** Sessions in a row that miss for the same reason are one line. */
    private void tellGaps(List<LocalDate> gaps, List<String> lines) {
        int from = 0;
        for (int at = 1; at <= gaps.size(); at++) {
            String reason = why(gaps.get(from));
            boolean goesOn = at < gaps.size()
                    && reason.equals(why(gaps.get(at)))
                    && CALENDAR.next(gaps.get(at - 1)).date().equals(gaps.get(at));
            if (!goesOn) {
                String range = at - from == 1
                        ? gaps.get(from).toString()
                        : "%s to %s, %s".formatted(gaps.get(from), gaps.get(at - 1), sessions(at - from));
                lines.add("  " + range + ": " + reason);
                from = at;
            }
        }
    }

    private static String sessions(int count) {
        return count == 1 ? "1 session" : count + " sessions";
    }

    private String word(LocalDate session) {
        return complete(session)
                .map(coverage -> coverage.source().name().toLowerCase(Locale.ROOT))
                .orElse("missing");
    }

    private static String line(Coverage coverage) {
        return "%s %6d %8d %8s  %-11s %-16s  %s"
                .formatted(
                        coverage.session(),
                        coverage.rows(),
                        coverage.expected(),
                        percent(coverage),
                        coverage.source().name().toLowerCase(Locale.ROOT) + (coverage.complete() ? "" : "!"),
                        coverage.revision(),
                        seoul(coverage.fetchedAt()));
    }

    private static String percent(Coverage coverage) {
        return coverage.expected() == 0
                ? "-"
                : String.format(Locale.ROOT, "%.1f %%", coverage.rows() * 100.0 / coverage.expected());
    }

    /** One document. */
    String json() {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = json.createObjectNode();
        root.put("world", world)
                .put("from", from.toString())
                .put("to", to.toString())
                .put("today", today.toString());
        ArrayNode sessions = root.putArray("sessions");
        closed.forEach(session -> {
            Coverage coverage = stored.get(session);
            if (coverage != null) {
                put(sessions.addObject(), coverage);
            }
        });
        ArrayNode gaps = root.putArray("gaps");
        gaps().forEach(session ->
                gaps.addObject().put("session", session.toString()).put("reason", why(session)));
        try {
            return json.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }

    private void put(ObjectNode node, Coverage coverage) {
        node.put("session", coverage.session().toString())
                .put("rows", coverage.rows())
                .put("expected", coverage.expected())
                .put("complete", coverage.complete())
                .put("source", coverage.source().name())
                .put("revision", coverage.revision())
                .put("corrections", coverage.corrections())
                .put("fetchedAt", coverage.fetchedAt().toString())
                .put("age", age(coverage.session()));
        coverage.difference().ifPresent(difference -> {
            ObjectNode put = node.putObject("difference")
                    .put("replaced", difference.replaced())
                    .put("source", difference.source().name())
                    .put("changed", difference.changed())
                    .put("added", difference.added())
                    .put("missing", difference.missing());
            difference.largest().ifPresent(largest -> put.putObject("largest")
                    .put("symbol", largest.symbol())
                    .put("price", largest.price())
                    .put("before", largest.before())
                    .put("after", largest.after()));
        });
        ArrayNode remarks = node.putArray("remarks");
        coverage.remarks().forEach(remarks::add);
    }
}
