package io.haetae.local.report;

import io.haetae.watchlist.Marks;
import io.haetae.watchlist.Performance;
import io.haetae.watchlist.PriceAlert;
import io.haetae.watchlist.Progress;
import io.haetae.watchlist.ScoreFigures;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.WatchlistSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A watchlist for a terminal. */
public final class WatchlistPage {

    private static final String UNKNOWN = "-";

    private WatchlistPage() {}

    /** A line an entry, or several when {@code details} are asked for. */
    public static List<String> list(List<WatchlistEntry> entries, boolean details) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("symbol", "name", "price", "change", "score", "target", "added", "days", "why"));
        for (WatchlistEntry entry : entries) {
            Progress progress = entry.progress();
            rows.add(List.of(
                    entry.symbol(),
                    entry.name(),
                    Long.toString(entry.price()),
                    signed(progress.changePct(), " %"),
                    figure(entry.composite()),
                    target(progress),
                    entry.added().toString(),
                    Long.toString(progress.days()),
                    (entry.active() ? "" : entry.standing().name() + ": ") + entry.reason()));
        }
        List<String> table = TextTable.lines(rows);
        if (!details) {
            return table;
        }
        List<String> lines = new ArrayList<>();
        for (WatchlistEntry entry : entries) {
            lines.addAll(details(entry));
        }
        return lines;
    }

    /** All that is known of one entry. */
    public static List<String> details(WatchlistEntry entry) {
        Progress progress = entry.progress();
        ScoreFigures scores = entry.now().scores();
        List<String> lines = new ArrayList<>();
        lines.add("%s %s, %s, %s".formatted(entry.symbol(), entry.name(), entry.market(), entry.standing()));
        lines.add("  added %s at %d, %s: close %d, %s (%s won), annualised %s, %d days"
                .formatted(
                        entry.added(),
                        entry.addedPrice(),
                        entry.session(),
                        entry.price(),
                        signed(progress.changePct(), " %"),
                        signed(progress.change()),
                        progress.annualisedPct() == null
                                ? "not before %d days".formatted(Progress.ANNUALISED_FROM)
                                : signed(progress.annualisedPct(), " %"),
                        progress.days()));
        lines.add("  target %s; %s".formatted(target(progress), alerts(entry)));
        lines.add("  score %s (value %s, growth %s, quality %s, momentum %s), percentile %s, stability %s"
                .formatted(
                        figure(scores.composite()),
                        figure(scores.value()),
                        figure(scores.growth()),
                        figure(scores.quality()),
                        figure(scores.momentum()),
                        figure(scores.percentile()),
                        figure(scores.stability())));
        lines.add("  reason: " + entry.reason());
        if (!entry.tags().isEmpty()) {
            lines.add("  tags: " + String.join(", ", entry.tags()));
        }
        entry.notes().lines().forEach(line -> lines.add("  note: " + line));
        return lines;
    }

    private static String alerts(WatchlistEntry entry) {
        Marks marks = entry.marks();
        String at = marks.upper() == null && marks.lower() == null
                ? "no alert price"
                : "alerts at %s above and %s below%s"
                        .formatted(whole(marks.upper()), whole(marks.lower()), marks.alerts() ? "" : ", switched off");
        PriceAlert last = entry.alerted();
        return last == null ? at : at + "; on %s %s".formatted(last.session(), last.text());
    }

    private static String target(Progress progress) {
        Long target = progress.target();
        return target == null ? UNKNOWN : target + " (" + signed(progress.targetDistancePct(), " %") + ")";
    }

    /** How the list has done as a whole. */
    public static String performance(Performance performance) {
        if (performance.entries() == 0) {
            return "nothing is on the list";
        }
        return "%d on the list: average return %s, best %s, worst %s, average score %s, %d up, %d down"
                .formatted(
                        performance.entries(),
                        signed(performance.average(), " %"),
                        performance.best().map(WatchlistPage::returned).orElse(UNKNOWN),
                        performance.worst().map(WatchlistPage::returned).orElse(UNKNOWN),
                        performance.score().isPresent()
                                ? figure(performance.score().getAsDouble())
                                : UNKNOWN,
                        performance.positive(),
                        performance.negative());
    }

    private static String returned(WatchlistEntry entry) {
        return entry.symbol() + " " + signed(entry.progress().changePct(), " %");
    }

    /** A line a snapshot, oldest first. */
    public static List<String> history(List<WatchlistSnapshot> snapshots) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "session", "label", "price", "change", "score", "since", "percentile", "stability", "rsi", "criteria"));
        for (WatchlistSnapshot snapshot : snapshots) {
            rows.add(List.of(
                    snapshot.session().toString(),
                    snapshot.label(),
                    Long.toString(snapshot.price()),
                    signed(snapshot.progress().changePct(), " %"),
                    figure(snapshot.scores().composite()),
                    signed(snapshot.changes().composite(), ""),
                    figure(snapshot.scores().percentile()),
                    figure(snapshot.scores().stability()),
                    figure(snapshot.facts().rsi()),
                    snapshot.meetsCriteria() ? "met" : String.join(", ", snapshot.violations())));
        }
        return TextTable.lines(rows);
    }

    private static String figure(@Nullable Double figure) {
        return figure == null ? UNKNOWN : String.format(Locale.ROOT, "%.1f", figure);
    }

    private static String whole(@Nullable Long figure) {
        return figure == null ? UNKNOWN : Long.toString(figure);
    }

    private static String signed(@Nullable Long figure) {
        return figure == null ? UNKNOWN : String.format(Locale.ROOT, "%+d", figure);
    }

    private static String signed(OptionalDouble figure, String unit) {
        return figure.isPresent() ? signed(figure.getAsDouble(), unit) : UNKNOWN;
    }

    private static String signed(@Nullable Double figure, String unit) {
        return figure == null ? UNKNOWN : String.format(Locale.ROOT, "%+.2f%s", figure, unit);
    }
}
