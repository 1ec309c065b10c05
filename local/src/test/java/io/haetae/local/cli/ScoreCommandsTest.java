package io.haetae.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.indicator.Indicator;
import io.haetae.indicator.IndicatorSet;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.local.home.Home;
import io.haetae.local.home.World;
import io.haetae.local.store.SqliteStore;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.score.Scorer;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.ScoreMapper;
import io.haetae.store.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code score} and {@code screen} over the stored scores of two sessions. */
class ScoreCommandsTest {

    private static final LocalDate THURSDAY = LocalDate.of(2024, 12, 19);
    private static final LocalDate FRIDAY = LocalDate.of(2024, 12, 20);

    private static Shell shell;

    /** Both commands only read. */
    @BeforeAll
    static void scoredSessions(@TempDir Path folder) {
        shell = new Shell(folder);
        assertThat(shell.at("run-job", "risk_checks").code()).isZero();
        Path file = new Home(shell.home).open(World.venues("real", "SIM")).resolve("haetae.db");
        try (Store store = SqliteStore.open(file)) {
            put(store, THURSDAY, 50);
            put(store, FRIDAY, 60);
        }
    }

    private static void put(Store store, LocalDate session, double rsi) {
        MarketDataMapper market = new MarketDataMapper(store);
        List<DailyRow> rows = List.of(
                row("000010", KrxMarket.KOSPI), row("000020", KrxMarket.KOSDAQ), row("000030", KrxMarket.KOSPI));
        MarketDay day = MarketDay.of(session, PriceSource.OFFICIAL, rows);
        String revision = market.put(day, 3, true, Instant.EPOCH).revision();
        IndicatorSnapshot indicators = new IndicatorSnapshot(
                session,
                revision,
                List.of(indicators("000010", session, rsi), indicators("000020", session, rsi - 25)));
        List<Fundamentals> fundamentals = List.of(
                new Fundamentals("000010", 11.3, 0.77, 885.0, 13_000.0),
                new Fundamentals("000020", -4.0, 1.21, -2_500.0, 8_264.0));
        new ScoreMapper(store)
                .put(Scorer.score(market.day(session).orElseThrow(), indicators, fundamentals, List.of()));
    }

    private static DailyRow row(String symbol, KrxMarket market) {
        return new DailyRow(
                symbol,
                "이름" + symbol.charAt(4),
                market,
                10_000,
                10_100,
                9_900,
                10_000,
                0,
                500_000,
                5_000_000_000L,
                2_000_000);
    }

    private static IndicatorSet indicators(String symbol, LocalDate session, double rsi) {
        double[] values = new double[Indicator.values().length];
        Arrays.fill(values, Double.NaN);
        Map.of(
                        Indicator.LAST_CLOSE, 10_000.0,
                        Indicator.RSI14, rsi,
                        Indicator.MACD_HISTOGRAM, 33.0,
                        Indicator.PRICE_TREND, 0.13,
                        Indicator.VOLUME_RATIO, 1.37,
                        Indicator.VOLATILITY, 0.271,
                        Indicator.BETA, 1.13,
                        Indicator.VOLUME_MA20, 500_000.0,
                        Indicator.AVERAGE_VALUE20, 5e9)
                .forEach((indicator, value) -> values[indicator.ordinal()] = value);
        return new IndicatorSet(symbol, session, 250, values);
    }

    @Test
    void aScoreIsOneLine() {
        Shell.Result result = shell.at("score", "000010");

        assertThat(result.out().lines())
                .singleElement()
                .asString()
                .startsWith("000010 이름1, KOSPI, 2024-12-20: composite ")
                .contains("percentile 100.00", "growth -", "data quality 100.00 %");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
    }

    @Test
    void anEarlierSessionIsTheOneAskedFor() {
        assertThat(shell.at("score", "000020", "--session", "2024-12-19").out())
                .contains("2024-12-19")
                .isNotEqualTo(shell.at("score", "000020").out());
    }

    /** Every block's points add up to its score, to the last digit, and a part's score is that of its own block. */
    @ParameterizedTest
    @ValueSource(strings = {"000010", "000020"})
    void theReasonsAddUpToTheScoreThatIsStored(String symbol) throws IOException {
        JsonNode document = new ObjectMapper()
                .readTree(shell.at("score", symbol, "--why", "--json").out());

        for (String block : List.of("composite", "value", "quality", "momentum", "stability", "conviction")) {
            JsonNode mean = document.path("why").path(block);
            BigDecimal sum = BigDecimal.ZERO;
            for (JsonNode part : mean.path("parts")) {
                sum = sum.add(
                        part.path("points").isNull()
                                ? BigDecimal.ZERO
                                : part.path("points").decimalValue());
                JsonNode own = document.path("why").path(part.path("name").asText());
                if (!own.isMissingNode() && part.path("score").isNumber() && !block.equals("conviction")) {
                    assertThat(part.path("score").asDouble())
                            .as("%s in %s", part.path("name"), block)
                            .isEqualTo(document.path(part.path("name").asText()).asDouble());
                }
            }
            assertThat(sum).as(block).isEqualByComparingTo(mean.path("score").decimalValue());
            if (!block.equals("conviction")) {
                assertThat(mean.path("score").asDouble())
                        .as(block)
                        .isEqualTo(Math.round(document.path(block).asDouble() * 10_000) / 10_000.0);
            }
        }
    }

    @Test
    void thePrintedReasonsAddUpToo() {
        List<String> lines = shell.at("score", "000010", "--why").out().lines().toList();

        assertThat(lines.getFirst()).isEqualTo("000010 이름1, KOSPI, 2024-12-20, close 10,000 won");
        assertThat(lines.get(1)).startsWith("composite ").endsWith("of 2 ranked shares");
        assertThat(lines.get(2)).isEqualTo("data quality 100.00 %: 6 of the 6 metrics that the sources supply");
        assertThat(lines).anyMatch(line -> line.matches(" {4}revenue_growth +- +- +- +no source"));
        List<BigDecimal> scores = new ArrayList<>();
        List<BigDecimal> sums = new ArrayList<>();
        for (String line : lines.subList(6, lines.size())) {
            String[] cells = line.strip().split("\\s{2,}", -1);
            if (!line.startsWith("    ")) {
                scores.add(cells[1].equals("-") ? BigDecimal.ZERO : new BigDecimal(cells[1]));
                sums.add(BigDecimal.ZERO);
            } else if (!cells[3].equals("-")) {
                sums.add(sums.removeLast().add(new BigDecimal(cells[3])));
            }
        }
        assertThat(scores).hasSize(9);
        for (int i = 0; i < scores.size(); i++) {
            assertThat(sums.get(i)).as("block %d", i).isEqualByComparingTo(scores.get(i));
        }
    }

    @Test
    void theBestComeFirstAndNoMoreThanAskedFor() throws IOException {
        Shell.Result page = shell.at("score", "--top", "1");
        JsonNode document =
                new ObjectMapper().readTree(shell.at("score", "--json").out());

        assertThat(page.out()).contains("the best 1 of 3 shares after 2024-12-20", "000010", "warning: left out");
        assertThat(page.out()).doesNotContain("000020");
        assertThat(document.path("scores").findValuesAsText("symbol")).containsExactly("000010", "000020");
        assertThat(document.path("scored").asInt()).isEqualTo(3);
    }

    @Test
    void aScreenTellsWhoPassesAndWhatCouldNotBeJudged() throws IOException {
        Shell.Result page = shell.at("screen");
        JsonNode document =
                new ObjectMapper().readTree(shell.at("screen", "--json").out());

        assertThat(page.out())
                .contains(
                        "2024-12-20: 1 of 3 pass, 1 undervalued; KOSPI 1; mean per 11.30, pbr 0.77",
                        "PBR 0.77 below 1.00",
                        "warning: screening criteria off, no source feeds them: debt_ratio",
                        "not judged: sector and industry");
        assertThat(document.path("passed").asInt()).isEqualTo(1);
        assertThat(document.path("shares").path(0).path("marketValue").asLong()).isEqualTo(20_000_000_000L);
    }

    @Test
    void aScreenIsMadeNarrowerAndWider() {
        assertThat(shell.at("screen", "--max", "per=11").out()).contains("0 of 3 pass", "the screen rejected all 3");
        assertThat(shell.at("screen", "--min", "price=10001").out()).contains("0 of 3 pass");
        assertThat(shell.at("screen", "--market", "KOSDAQ").out()).contains("0 of 3 pass");
        assertThat(shell.at("screen", "--criteria", "none", "--market", "KOSPI").out())
                .contains("2 of 3 pass");
        assertThat(shell.at("screen", "--criteria", "none", "--undervalued", "--max", "market_value=2e10")
                        .out())
                .contains("1 of 3 pass");
        assertThat(shell.at("screen", "--criteria", "entry").out()).contains("1 of 3 pass, 1 undervalued");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            score 5930                     | '5930' is no symbol
            score 999990                   | 999990 has no score of 2024-12-20: check the symbol
            score --why                    | --why asks for a SYMBOL
            score 000010 --top 3           | give one of them
            score --top 0                  | --top 0: a number from 1 on
            score --top x                  | 'x' is not a whole number
            screen --top 99999999999       | '99999999999' is too great a number
            screen --max per=NaN           | --max per=NaN: a number is expected
            screen --min stability=1e999   | --min stability=Infinity: a number is expected
            screen --max volatility=30     | --max volatility=30.0: a fraction is expected, such as 0.3
            screen --min per=20 --max per=10 | per of at least 20.0 and at most 10.0: no share is both
            screen --min pbr=6             | pbr of at least 6.0 and at most 5.0: no share is both
            score --session 2024-12-18     | the newest are of 2024-12-20: ./haetae run-job
            score 000010 --session x       | 'x' is not a date
            score --store memory           | leave --store out
            screen --top 0                 | --top 0: a number from 1 on
            screen --max foo=1             | 'foo' is nothing to screen by: choose one of price, bars
            screen --max per=x             | 'x' is not a double
            screen --market NYSE           | expected one of [KOSPI, KOSDAQ, KONEX]
            screen --session 2024-12-18    | no scores of 2024-12-18 are stored
            """)
    void badInputIsOneLineAndExitTwo(String words, String expected) {
        Shell.Result result = shell.at(words.split(" ", -1));

        assertThat(result.err()).contains(expected);
        assertThat(result.errLines()).hasSize(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT);
    }
}
