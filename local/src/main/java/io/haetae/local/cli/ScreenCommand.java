package io.haetae.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.report.TextTable;
import io.haetae.market.KrxMarket;
import io.haetae.score.Criteria;
import io.haetae.score.Criterion;
import io.haetae.score.Score;
import io.haetae.score.Screener;
import io.haetae.score.Screening;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The shares that meet criteria after a session. */
@Command(
        name = "screen",
        mixinStandardHelpOptions = true,
        description = "Tells which shares meet the watchlist's criteria after a session, or those of entries, made"
                + " narrower or wider by --min and --max; and what could not be judged.")
final class ScreenCommand implements Callable<Integer> {

    private static final int TOP = 20;

    /** Beyond what shares with a daily limit of 30 % can have in a year: a fraction was meant. */
    private static final double GREATEST_VOLATILITY = 5;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    /** What is judged before {@code --min} and {@code --max}. */
    enum Basis {
        watchlist(Criteria.WATCHLIST),
        entry(Criteria.ENTRY),
        none(Criteria.ANY);

        private final Criteria criteria;

        Basis(Criteria criteria) {
            this.criteria = criteria;
        }
    }

    @Option(names = "--criteria", description = "watchlist (default), entry or none")
    Basis basis = Basis.watchlist;

    @Option(
            names = "--min",
            paramLabel = "NAME=X",
            description = "at least; of price, bars, average_volume, average_value, volatility (a fraction), per, pbr,"
                    + " debt_ratio, market_value, stability")
    Map<String, Double> least = new LinkedHashMap<>();

    @Option(names = "--max", paramLabel = "NAME=X", description = "at most; of the same")
    Map<String, Double> most = new LinkedHashMap<>();

    @Option(names = "--market", paramLabel = "NAME", description = "KOSPI, KOSDAQ or KONEX; may be repeated")
    List<KrxMarket> markets = new ArrayList<>();

    @Option(names = "--undervalued", description = "only shares whose PBR is below the criteria's")
    boolean undervalued;

    @Option(names = "--top", paramLabel = "N", description = "how many are shown (default: 20)")
    int top = TOP;

    @Option(names = "--session", paramLabel = "DATE", description = "after this session (default: the newest scored)")
    @Nullable
    LocalDate session;

    @Option(names = "--json", description = "one document instead of a page")
    boolean json;

    ScreenCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    @Override
    public Integer call() {
        if (top < 1) {
            throw new BadInputException("--top %d: a number from 1 on".formatted(top));
        }
        Screener screener = new Screener(criteria());
        StoredScores stored = StoredScores.read(here, simulation, "screen", session);
        Screening screening = screener.screen(stored.sheet().scores());
        List<Score> shown = screening.passed().stream().limit(top).toList();
        if (json) {
            print(stored, screener, screening, shown);
        } else {
            here.out().println(stored.sheet().session() + ": " + screening.summary());
            TextTable.lines(table(screener, shown)).forEach(here.out()::println);
            screening.warnings().forEach(warning -> here.out().println("warning: " + warning));
            here.out().println("not judged: sector and industry, which no source tells");
        }
        return ExitCode.DONE;
    }

    private Criteria criteria() {
        Criteria criteria = basis.criteria;
        for (Map.Entry<String, Double> limit : least.entrySet()) {
            criteria = criteria.atLeast(criterion("--min", limit), limit.getValue());
        }
        for (Map.Entry<String, Double> limit : most.entrySet()) {
            criteria = criteria.atMost(criterion("--max", limit), limit.getValue());
        }
        criteria.limits().forEach(ScreenCommand::checkRoom);
        if (!markets.isEmpty()) {
            criteria = criteria.listedOn(EnumSet.copyOf(markets));
        }
        return undervalued ? criteria.onlyUndervalued() : criteria;
    }

    /** @throws BadInputException when no figure can be within both limits */
    private static void checkRoom(Criterion criterion, Criteria.Limits limits) {
        Double low = limits.least();
        Double high = limits.most();
        if (low != null && high != null && low > high) {
            throw new BadInputException(
                    "%s of at least %s and at most %s: no share is both; widen one with --min or --max, or begin with --criteria none"
                            .formatted(criterion.text(), low, high));
        }
    }

    private static Criterion criterion(String option, Map.Entry<String, Double> limit) {
        String name = limit.getKey();
        for (Criterion criterion : Criterion.values()) {
            if (criterion.text().equals(name)) {
                checkFigure(option, criterion, limit.getValue());
                return criterion;
            }
        }
        throw new BadInputException("%s '%s' is nothing to screen by: choose one of %s"
                .formatted(
                        option,
                        name,
                        EnumSet.allOf(Criterion.class).stream()
                                .map(Criterion::text)
                                .collect(Collectors.joining(", "))));
    }

    private static void checkFigure(String option, Criterion criterion, double figure) {
        if (!Double.isFinite(figure)) {
            throw new BadInputException("%s %s=%s: a number is expected".formatted(option, criterion.text(), figure));
        }
        if (criterion == Criterion.VOLATILITY && figure > GREATEST_VOLATILITY) {
            throw new BadInputException(
                    "%s volatility=%s: a fraction is expected, such as 0.3 for 30 %%".formatted(option, figure));
        }
    }

    private static List<List<String>> table(Screener screener, List<Score> shown) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "symbol",
                "market",
                "price",
                "won, billions",
                "per",
                "pbr",
                "debt %",
                "roe %",
                "volume",
                "value, millions",
                "volatility %",
                "stability",
                "composite",
                "name",
                ""));
        for (Score score : shown) {
            rows.add(List.of(
                    score.symbol(),
                    score.market().name(),
                    Long.toString(score.close()),
                    whole(score.marketValue(), 1e9),
                    ScoreStory.print(score.per()),
                    ScoreStory.print(score.pbr()),
                    ScoreStory.print(score.financials().debtRatio()),
                    ScoreStory.print(score.financials().roe()),
                    whole(score.measures().averageVolume(), 1),
                    whole(score.measures().averageValue(), 1e6),
                    percent(score.volatility()),
                    ScoreStory.print(score.stability()),
                    ScoreStory.print(score.composite()),
                    score.name(),
                    String.join(", ", screener.reasons(score))));
        }
        return rows;
    }

    private static String whole(@Nullable Double figure, double unit) {
        return figure == null ? "-" : String.format(Locale.ROOT, "%,.0f", figure / unit);
    }

    private static String percent(@Nullable Double fraction) {
        return ScoreStory.print(fraction == null ? null : Double.valueOf(fraction * 100));
    }

    private void print(StoredScores stored, Screener screener, Screening screening, List<Score> shown) {
        ObjectNode root = JSON.createObjectNode()
                .put("session", stored.sheet().session().toString())
                .put("revision", stored.sheet().revision())
                .put("judged", stored.sheet().scores().size())
                .put("passed", screening.passed().size())
                .put("undervalued", screening.undervalued());
        ArrayNode warnings = root.putArray("warnings");
        screening.warnings().forEach(warnings::add);
        ArrayNode shares = root.putArray("shares");
        for (Score score : shown) {
            ObjectNode share = shares.addObject();
            share.setAll(JSON.<ObjectNode>valueToTree(score));
            share.put("marketValue", score.marketValue());
            share.put("undervalued", screener.undervalued(score));
            ArrayNode reasons = share.putArray("reasons");
            screener.reasons(score).forEach(reasons::add);
        }
        try {
            here.out().println(JSON.writeValueAsString(root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }
}
