package io.haetae.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.report.TextTable;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Screener;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A share's stored score and why it is what it is, or the best of the market. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = "Tells a share's score after a session, with --why down to each input, sub-score and weight; or,"
                + " without SYMBOL, the best of the market.")
final class ScoreCommand implements Callable<Integer> {

    private static final int TOP = 20;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Parameters(paramLabel = "SYMBOL", arity = "0..1", description = "six characters, such as 005930")
    @Nullable
    String symbol;

    @Option(names = "--why", description = "of SYMBOL: every input, what it scores and what it adds")
    boolean why;

    @Option(names = "--top", paramLabel = "N", description = "how many of the best (default: 20)")
    @Nullable
    Integer top;

    @Option(names = "--session", paramLabel = "DATE", description = "after this session (default: the newest scored)")
    @Nullable
    LocalDate session;

    @Option(names = "--json", description = "one document instead of a page, figures in full")
    boolean json;

    ScoreCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    @Override
    public Integer call() {
        if (symbol == null) {
            if (why) {
                throw new BadInputException("--why asks for a SYMBOL, such as ./haetae score 005930 --why");
            }
            top();
        } else if (top != null) {
            throw new BadInputException("SYMBOL and --top ask for different things: give one of them");
        } else {
            one(StoredMarket.symbol(symbol));
        }
        return ExitCode.DONE;
    }

    private void one(String wanted) {
        StoredScores stored = StoredScores.read(here, simulation, "score", session);
        Score score = stored.of(wanted);
        ScoreStory story = new ScoreStory(stored, score);
        if (json) {
            ObjectNode root = document(stored.sheet());
            root.setAll(JSON.<ObjectNode>valueToTree(score));
            root.put("reliance", score.reliance().name());
            if (why) {
                root.set("why", story.json(JSON.createObjectNode()));
            }
            print(root);
        } else {
            (why ? story.lines() : List.of(story.line())).forEach(here.out()::println);
        }
    }

    private void top() {
        int most = top == null ? TOP : top;
        if (most < 1) {
            throw new BadInputException("--top %d: a number from 1 on".formatted(most));
        }
        ScoreSheet sheet = StoredScores.read(here, simulation, "score", session).sheet();
        List<Score> best = sheet.scores().stream()
                .filter(score -> score.composite() != null)
                .sorted(Screener.BY_RANK)
                .limit(most)
                .toList();
        if (json) {
            ObjectNode root = document(sheet);
            ArrayNode warnings = root.putArray("warnings");
            sheet.warnings().forEach(warnings::add);
            root.set("scores", JSON.valueToTree(best));
            print(root);
        } else {
            here.out()
                    .println("the best %d of %d shares after %s"
                            .formatted(best.size(), sheet.scores().size(), sheet.session()));
            TextTable.lines(table(best)).forEach(here.out()::println);
            sheet.warnings().forEach(warning -> here.out().println("warning: " + warning));
        }
    }

    private static List<List<String>> table(List<Score> scores) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "composite",
                "value",
                "growth",
                "quality",
                "momentum",
                "stability",
                "percentile",
                "data %",
                "symbol",
                "market",
                "name"));
        for (Score score : scores) {
            rows.add(List.of(
                    number(score.composite(), 9),
                    number(score.value(), 5),
                    number(score.growth(), 6),
                    number(score.quality(), 7),
                    number(score.momentum(), 8),
                    number(score.stability(), 9),
                    number(score.percentile(), 10),
                    number(score.dataQuality(), 6),
                    score.symbol(),
                    score.market().name(),
                    score.name()));
        }
        return rows;
    }

    private static String number(@Nullable Double figure, int width) {
        return String.format(Locale.ROOT, "%" + width + "s", ScoreStory.print(figure));
    }

    private static ObjectNode document(ScoreSheet sheet) {
        return JSON.createObjectNode()
                .put("session", sheet.session().toString())
                .put("revision", sheet.revision())
                .put("scored", sheet.scores().size());
    }

    private void print(ObjectNode root) {
        try {
            here.out().println(JSON.writeValueAsString(root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }
}
