package io.haetae.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.watchlist.Facts;
import io.haetae.watchlist.Marks;
import io.haetae.watchlist.Performance;
import io.haetae.watchlist.PriceAlert;
import io.haetae.watchlist.Progress;
import io.haetae.watchlist.ScoreFigures;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.WatchlistSnapshot;
import io.haetae.watchlist.Watchlists.Owner;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A watchlist for other programs.
 *
 * @param place the world or stack it is kept in
 */
public record WatchlistExport(String place, Owner owner, Instant at, List<WatchlistEntry> entries) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String COLUMNS = "ticker,name,market,sector,current_price,target_price,price_change_pct,"
            + "total_return_pct,composite,value,growth,quality,momentum,stability,days,reason,tags,notes,added_date";

    /** What makes a spreadsheet take a text for a formula; East Asian ones do so by the full-width signs too. */
    private static final String FORMULA = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

    private static final int DECIMALS = 4;

    public WatchlistExport {
        entries = List.copyOf(entries);
    }

    /**
     * As RFC 4180 wants it, in 19 columns; empty is not known. A text that a spreadsheet would run as a formula begins with an
     * apostrophe. No source gives sectors; the total return is the price's, since no source gives dividends paid.
     */
    public String csv() {
        StringBuilder text = new StringBuilder(COLUMNS).append("\r\n");
        for (WatchlistEntry entry : entries) {
            Progress progress = entry.progress();
            ScoreFigures scores = entry.now().scores();
            text.append(String.join(
                            ",",
                            quoted(entry.symbol()),
                            quoted(entry.name()),
                            entry.market().name(),
                            "",
                            Long.toString(entry.price()),
                            progress.target() == null ? "" : progress.target().toString(),
                            plain(progress.changePct()),
                            plain(progress.changePct()),
                            plain(scores.composite()),
                            plain(scores.value()),
                            plain(scores.growth()),
                            plain(scores.quality()),
                            plain(scores.momentum()),
                            plain(scores.stability()),
                            Long.toString(progress.days()),
                            quoted(entry.reason()),
                            quoted(String.join(", ", entry.tags())),
                            quoted(entry.notes()),
                            entry.added().toString()))
                    .append("\r\n");
        }
        return text.toString();
    }

    private static String quoted(String text) {
        String harmless = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return harmless.chars().anyMatch(letter -> ",\"\r\n".indexOf(letter) >= 0)
                ? "\"" + harmless.replace("\"", "\"\"") + "\""
                : harmless;
    }

    private static String plain(@Nullable Double figure) {
        return figure == null ? "" : rounded(figure).toPlainString();
    }

    private static BigDecimal rounded(double figure) {
        BigDecimal rounded = BigDecimal.valueOf(figure).setScale(DECIMALS, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(rounded.stripTrailingZeros().toPlainString());
    }

    /** One document: what it is, how the list has done, every entry. What is not known is left out. */
    public String json() {
        return json(entry -> null);
    }

    /** With every entry's history as well. */
    public String json(Function<WatchlistEntry, @Nullable List<WatchlistSnapshot>> history) {
        ObjectNode document = JSON.createObjectNode()
                .put("exported", at.toString())
                .put("place", place)
                .put("mode", owner.mode().name())
                .put("user", owner.user())
                .put("count", entries.size());
        describe(document.putObject("performance"), Performance.of(active()));
        ArrayNode list = document.putArray("entries");
        for (WatchlistEntry entry : entries) {
            ObjectNode node = list.addObject();
            describe(node, entry);
            List<WatchlistSnapshot> snapshots = history.apply(entry);
            if (snapshots != null) {
                ArrayNode sessions = node.putArray("history");
                snapshots.forEach(snapshot -> describe(sessions.addObject(), snapshot));
            }
        }
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always written", e);
        }
    }

    private List<WatchlistEntry> active() {
        return entries.stream().filter(WatchlistEntry::active).toList();
    }

    private static void describe(ObjectNode node, Performance performance) {
        put(node, "averageReturnPct", performance.average());
        performance.best().ifPresent(entry -> node.put("best", entry.symbol()));
        performance.worst().ifPresent(entry -> node.put("worst", entry.symbol()));
        put(node, "averageScore", performance.score());
        node.put("positive", performance.positive()).put("negative", performance.negative());
    }

    private static void describe(ObjectNode node, WatchlistEntry entry) {
        node.put("symbol", entry.symbol())
                .put("name", entry.name())
                .put("market", entry.market().name())
                .put("standing", entry.standing().name())
                .put("added", entry.added().toString())
                .put("addedPrice", entry.addedPrice())
                .put("shareFactor", entry.now().factor())
                .put("reason", entry.reason())
                .put("notes", entry.notes());
        ArrayNode tags = node.putArray("tags");
        entry.tags().forEach(tags::add);
        Marks marks = entry.marks();
        node.put("alerts", marks.alerts());
        put(node, "upper", marks.upper());
        put(node, "lower", marks.lower());
        PriceAlert alerted = entry.alerted();
        if (alerted != null) {
            node.putObject("lastAlert")
                    .put("session", alerted.session().toString())
                    .put("edge", alerted.edge().name())
                    .put("mark", alerted.mark())
                    .put("close", alerted.close());
        }
        node.put("session", entry.session().toString()).put("price", entry.price());
        describe(node, entry.progress());
        describe(node.putObject("scores"), entry.now().scores());
    }

    private static void describe(ObjectNode node, WatchlistSnapshot snapshot) {
        node.put("session", snapshot.session().toString())
                .put("label", snapshot.label())
                .put("price", snapshot.price());
        describe(node, snapshot.progress());
        describe(node, snapshot.facts());
        describe(node.putObject("scores"), snapshot.scores());
        describe(node.putObject("scoreChanges"), snapshot.changes());
        node.put("meetsCriteria", snapshot.meetsCriteria());
        ArrayNode violations = node.putArray("violations");
        snapshot.violations().forEach(violations::add);
    }

    private static void describe(ObjectNode node, Progress progress) {
        put(node, "changePct", progress.changePct());
        put(node, "change", progress.change());
        put(node, "totalReturnPct", progress.changePct());
        put(node, "annualisedReturnPct", progress.annualisedPct());
        put(node, "target", progress.target());
        put(node, "targetDistancePct", progress.targetDistancePct());
        node.put("days", progress.days());
    }

    private static void describe(ObjectNode node, Facts facts) {
        put(node, "volume", facts.volume());
        put(node, "tradedValue", facts.tradedValue());
        put(node, "volatility", facts.volatility());
        put(node, "beta", facts.beta());
        put(node, "per", facts.per());
        put(node, "pbr", facts.pbr());
        put(node, "roe", facts.roe());
        put(node, "debtRatio", facts.debtRatio());
        put(node, "dividendYield", facts.dividendYield());
        put(node, "rsi", facts.rsi());
        put(node, "macd", facts.macd());
        put(node, "macdHistogram", facts.macdHistogram());
    }

    private static void describe(ObjectNode node, ScoreFigures scores) {
        put(node, "composite", scores.composite());
        put(node, "value", scores.value());
        put(node, "growth", scores.growth());
        put(node, "quality", scores.quality());
        put(node, "momentum", scores.momentum());
        put(node, "stability", scores.stability());
        put(node, "percentile", scores.percentile());
    }

    private static void put(ObjectNode node, String name, @Nullable Long figure) {
        if (figure != null) {
            node.put(name, figure);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable Double figure) {
        if (figure != null) {
            node.put(name, rounded(figure));
        }
    }

    private static void put(ObjectNode node, String name, OptionalDouble figure) {
        if (figure.isPresent()) {
            node.put(name, rounded(figure.getAsDouble()));
        }
    }
}
