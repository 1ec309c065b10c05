package io.haetae.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.report.TextTable;
import io.haetae.score.Component;
import io.haetae.score.Explanation;
import io.haetae.score.Metric;
import io.haetae.score.Score;
import io.haetae.score.Weighted;
import io.haetae.score.Weighted.Part;
import io.haetae.signal.Conviction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A share's score in words and numbers. The points of a score's parts add up to the score as it is printed, to the last
 * digit.
 */
final class ScoreStory {

    private static final int DECIMALS = 2;
    private static final int JSON_DECIMALS = 4;
    private static final int INPUT_DECIMALS = 4;

    private final StoredScores stored;
    private final Score score;
    private final Optional<Conviction> conviction;
    private final SequencedMap<String, Weighted> blocks = new LinkedHashMap<>();

    ScoreStory(StoredScores stored, Score score) {
        this.stored = stored;
        this.score = score;
        this.conviction = Conviction.of(score);
        Explanation why = Explanation.of(score);
        blocks.put("composite", why.composite());
        for (Component component : Component.values()) {
            blocks.put(component.text(), why.component(component));
        }
        blocks.put("stability", why.stability());
        blocks.put("earnings", why.earnings());
        blocks.put("debt", why.debt());
        conviction.ifPresent(known -> blocks.put("conviction", known.explanation()));
    }

    /** Two decimals, as every score is printed; a dash when it is not known. */
    static String print(@Nullable Double figure) {
        return figure == null ? "-" : Weighted.rounded(figure, DECIMALS).toPlainString();
    }

    String line() {
        return "%s: composite %s, percentile %s: value %s, growth %s, quality %s, momentum %s; stability %s; data quality %s %%%s"
                .formatted(
                        who(),
                        print(score.composite()),
                        print(score.percentile()),
                        print(score.value()),
                        print(score.growth()),
                        print(score.quality()),
                        print(score.momentum()),
                        print(score.stability()),
                        print(score.dataQuality()),
                        reliance());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%s, close %,d won".formatted(who(), score.close()));
        lines.add("composite %s, percentile %s of %,d ranked shares"
                .formatted(print(score.composite()), print(score.percentile()), stored.ranked()));
        lines.add("data quality %s %%: %d of the %d metrics that the sources supply%s"
                .formatted(
                        print(score.dataQuality()),
                        Explanation.of(score).metricsKnown(),
                        stored.supplied().size(),
                        reliance()));
        conviction.ifPresent(known -> lines.add("conviction %s, %s, urgency %s"
                .formatted(
                        print(known.score()),
                        known.strength().text(),
                        known.strength().urgency().name().toLowerCase(Locale.ROOT))));
        lines.add("");
        lines.addAll(TextTable.lines(table()));
        return lines;
    }

    private String who() {
        return "%s %s, %s, %s"
                .formatted(
                        score.symbol(),
                        score.name(),
                        score.market(),
                        stored.sheet().session());
    }

    private String reliance() {
        return switch (score.reliance()) {
            case FULL -> "";
            case CAUTION -> " (caution: below 75 %)";
            case WARNING -> " (warning: below 50 %)";
        };
    }

    private List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", right("score", 6), "weight", right("points", 6), "from"));
        blocks.forEach((name, mean) -> {
            rows.add(List.of(name, right(print(mean.score()), 6), "", "", ""));
            List<BigDecimal> points = mean.points(DECIMALS);
            for (int i = 0; i < points.size(); i++) {
                Part part = mean.parts().get(i);
                rows.add(List.of(
                        "  " + part.name(),
                        right(print(part.score()), 6),
                        part.known() ? weight(mean, part) : "-",
                        right(part.known() ? points.get(i).toPlainString() : "-", 6),
                        from(part)));
            }
        });
        return rows;
    }

    /** {@code 1/3} among equals, else {@code 0.25/0.85}. */
    private static String weight(Weighted mean, Part part) {
        long known = mean.parts().stream().filter(Part::known).count();
        boolean equal = mean.parts().stream().allMatch(other -> other.weight() == part.weight());
        return equal ? "1/" + known : String.format(Locale.ROOT, "%.2f/%.2f", part.weight(), mean.knownWeight());
    }

    private String from(Part part) {
        if (part.name().equals("volume")) {
            return "volume_ratio %s, volume_surge %s"
                    .formatted(
                            given(score.measures().volumeRatio()),
                            given(score.measures().volumeSurge()));
        }
        if (part.inputs().isEmpty()) {
            return part.known() ? "" : "unknown";
        }
        if (part.inputs().size() > 1) {
            return part.inputs().stream()
                    .map(input -> input.name() + " " + given(input.value()))
                    .collect(Collectors.joining(", "));
        }
        boolean source = stored.supplied().stream().map(Metric::text).anyMatch(part.name()::equals);
        return isMetric(part) && !source
                ? "no source"
                : given(part.inputs().getFirst().value());
    }

    private static boolean isMetric(Part part) {
        for (Metric metric : Metric.values()) {
            if (metric.text().equals(part.name())) {
                return true;
            }
        }
        return false;
    }

    private static String given(@Nullable Double value) {
        return value == null
                ? "unknown"
                : Weighted.rounded(value, INPUT_DECIMALS).stripTrailingZeros().toPlainString();
    }

    private static String right(String text, int width) {
        return String.format(Locale.ROOT, "%" + width + "s", text);
    }

    /** The same in full; points and what they add up to have four decimals. */
    ObjectNode json(ObjectNode root) {
        blocks.forEach((name, mean) -> {
            ObjectNode block = root.putObject(name);
            Double total = mean.score();
            block.put("score", total == null ? null : Weighted.rounded(total, JSON_DECIMALS));
            block.put("knownWeight", mean.knownWeight());
            ArrayNode parts = block.putArray("parts");
            List<BigDecimal> points = mean.points(JSON_DECIMALS);
            for (int i = 0; i < points.size(); i++) {
                Part part = mean.parts().get(i);
                ObjectNode node = parts.addObject().put("name", part.name()).put("weight", part.weight());
                node.put("score", part.score());
                node.put("points", part.known() ? points.get(i) : null);
                ObjectNode inputs = node.putObject("inputs");
                part.inputs().forEach(input -> inputs.put(input.name(), input.value()));
            }
        });
        return root;
    }
}
