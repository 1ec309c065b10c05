package io.haetae.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.haetae.aws.DynamoStore;
import io.haetae.aws.DynamoTables;
import io.haetae.local.dynamodb.DynamoDbLocalProcess;
import io.haetae.local.home.World;
import io.haetae.local.store.SqliteStore;
import io.haetae.local.world.WorldMark;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.portfolio.Mode;
import io.haetae.score.SampleScores;
import io.haetae.score.ScoreSheet;
import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outcome;
import io.haetae.store.ScoreMapper;
import io.haetae.store.Store;
import io.haetae.store.SymbolRegisterMapper;
import io.haetae.store.WatchlistMapper;
import io.haetae.time.SystemTime;
import io.haetae.watchlist.Edit;
import io.haetae.watchlist.Edit.Part;
import io.haetae.watchlist.Marks;
import io.haetae.watchlist.Watchlist;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.Watchlists.Owner;
import io.haetae.watchlist.Wish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code watchlist} over the venues' world with scores of Thursday 2024-12-19 and Friday 2024-12-20. */
class WatchlistCommandTest {

    private static final World VENUES = World.venues("real", "SIM");
    private static final LocalDate THURSDAY = LocalDate.of(2024, 12, 19);
    private static final LocalDate FRIDAY = LocalDate.of(2024, 12, 20);

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void home() {
        shell = new Shell(folder);
    }

    private void score(LocalDate session, SampleScores... scores) {
        try {
            Path world = Files.createDirectories(shell.home.resolve("venues-kis-real-saxo-SIM"));
            try (Store store = SqliteStore.open(world.resolve("haetae.db"))) {
                WorldMark.check(store, VENUES);
                score(store, session, scores);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void score(Store store, LocalDate session, SampleScores... scores) {
        List<DailyRow> rows = Arrays.stream(scores)
                .map(score -> new DailyRow(
                        score.symbol(),
                        "Name",
                        KrxMarket.KOSPI,
                        score.close(),
                        score.close(),
                        score.close(),
                        score.close(),
                        0,
                        1,
                        1,
                        1))
                .toList();
        String revision = new MarketDataMapper(store)
                .put(MarketDay.of(session, PriceSource.OFFICIAL, rows), 0, true, Instant.EPOCH)
                .revision();
        new ScoreMapper(store)
                .put(new ScoreSheet(
                        session,
                        revision,
                        Arrays.stream(scores).map(SampleScores::score).toList(),
                        List.of()));
    }

    /** A share that the daily update does not put on the list by itself. */
    private static SampleScores plain(String symbol, long close) {
        return SampleScores.good(symbol).close(close).composite(50.0);
    }

    private Shell.Result watchlist(String line) {
        return shell.at(("watchlist " + line).split(" ", -1));
    }

    private String done(String line) {
        Shell.Result result = watchlist(line);
        assertThat(result.err()).as(line).isEmpty();
        assertThat(result.code()).isZero();
        return result.out();
    }

    @Test
    void whatIsAddedIsListedAndAddingItAgainChangesNothing() {
        score(THURSDAY, plain("000010", 10_000), plain("000020", 20_000));

        String added = done("add 000010 --target 12000 --upper 11000 --lower 9000 --tags mine,steel --notes look");
        String again = done("add 000010 --reason other");

        assertThat(added)
                .startsWith("world venues:kis=real,saxo=SIM, DRY_RUN watchlist of default_user\nadded:\n")
                .contains(
                        "added 2024-12-19 at 10000",
                        "target 12000 (+20.00 %); alerts at 11000 above and 9000 below",
                        "tags: mine, steel",
                        "note: look");
        assertThat(again).contains("on the list already, nothing is changed").doesNotContain("other");
        assertThat(done("list"))
                .contains("000010  Name of 000010", "1 on the list: average return +0.00 %", "average score 50.0");
    }

    @Test
    void whatWasSaidOfAShareIsChangedByName() {
        score(THURSDAY, plain("000010", 10_000));
        done("add 000010 --target 12000 --upper 11000 --lower 9000 --tags mine --notes look");

        assertThat(done("add 000010 --target 13000")).contains("./haetae watchlist set 000010 changes it", "12000");
        assertThat(done("set 000010 --target 13000 --clear lower,tags --no-alerts --reason cheap"))
                .startsWith("world venues:kis=real,saxo=SIM, DRY_RUN watchlist of default_user\nchanged:\n")
                .contains(
                        "target 13000 (+30.00 %); alerts at 11000 above and - below, switched off",
                        "reason: cheap", "note: look")
                .doesNotContain("tags", "warning");
        assertThat(done("set 000010 --alerts --upper 9500"))
                .contains("alerts at 9500 above", "warning: the close of 10000 is beyond the upper alert price already")
                .doesNotContain("switched off");
        assertThat(done("list --details")).contains("target 13000 (+30.00 %); alerts at 9500 above and - below");
    }

    @Test
    void anUpdateTellsAnAlertAndKeepsASnapshotASession() {
        score(THURSDAY, plain("000010", 10_000));
        done("add 000010 --upper 11000");
        score(FRIDAY, plain("000010", 11_500));

        assertThat(done("update"))
                .contains(
                        "alert: 000010 Name of 000010 close 11500 reached the upper alert price 11000",
                        "session 2024-12-20: 1 on the list, 0 added, 0 removed, 1 alerts");
        assertThat(done("update")).contains("1 alerts");

        assertThat(done("history 000010").lines().filter(line -> line.contains("daily_update")))
                .singleElement()
                .asString()
                .contains("2024-12-20", "11500", "+15.00 %", "+0.00", "met");
        assertThat(done("history 000010 --last 3").lines()).hasSize(3);
    }

    @Test
    void aShareThatBreaksACriterionIsCleanedAway() {
        score(THURSDAY, plain("000010", 10_000).per(60.0), plain("000020", 20_000));
        assertThat(done("add 000010")).contains("warning: the next update takes it off again: per 60.00 limit 50.00");
        done("add 000020");

        assertThat(done("clean"))
                .contains(
                        "000010 Name of 000010: 2024-12-19 removed: per 60.00 limit 50.00",
                        "session 2024-12-19: 1 removed, 1 on the list");
        assertThat(done("list")).doesNotContain("000010");
        assertThat(done("list --all")).contains("000010", "REMOVED_BY_CRITERIA");
    }

    @Test
    void aRemovalKeepsTheHistoryAndOneForEverDoesNot() {
        score(THURSDAY, plain("000010", 10_000));
        done("add 000010");

        assertThat(done("remove 000010")).contains("000010 is taken off");
        assertThat(watchlist("remove 000010").err()).contains("000010 is not on the watchlist of default_user");
        assertThat(done("history 000010")).contains("added");
        assertThat(done("remove 000010 --forever")).contains("are deleted");
        assertThat(watchlist("history 000010").code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(done("list --all")).contains("nothing is on the list");
    }

    @Test
    void whatCannotBeReadIsDeletedForEverAndMayComeBack() {
        score(THURSDAY, plain("000010", 10_000));
        done("add 000010");
        try (Store store = SqliteStore.open(shell.home.resolve("venues-kis-real-saxo-SIM/haetae.db"))) {
            Key key = Key.state("watchlist/DRY_RUN/default_user", "entry/000010");
            assertThat(store.commit(List.of(Action.put(
                            Item.at(key).with("name", "half an entry").build()))))
                    .isInstanceOf(Outcome.Committed.class);
        }

        assertThat(watchlist("remove 000010").code()).isNotEqualTo(ExitCode.DONE);
        assertThat(watchlist("list").out() + watchlist("list").err()).contains("000010 cannot be read");
        assertThat(done("remove 000010 --forever"))
                .contains("000010, which could not be read, and its history are deleted");
        assertThat(watchlist("history 000010").code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(done("add 000010")).contains("added:");
    }

    @ParameterizedTest
    @CsvSource({
        "list, 000030 000010 000020",
        "list --sort score --asc, 000020 000010 000030",
        "list --sort symbol, 000010 000020 000030",
        "list --sort symbol --desc, 000030 000020 000010",
        "list --sort change, 000020 000010 000030",
        "list --sort change --asc, 000030 000010 000020",
        "list --sort added, 000010 000020 000030"
    })
    void theListIsSortedAsAsked(String line, String symbols) {
        score(
                THURSDAY,
                plain("000010", 10_000).composite(40.0),
                plain("000020", 10_000).composite(30.0),
                plain("000030", 10_000).composite(50.0));
        for (String symbol : List.of("000010", "000020", "000030")) {
            done("add " + symbol);
        }
        score(
                FRIDAY,
                plain("000010", 11_000).composite(40.0),
                plain("000020", 12_000).composite(30.0),
                plain("000030", 9_000).composite(50.0));
        done("update");

        String list = done(line);

        Matcher found = Pattern.compile("(?m)^ {2}(0000\\d0) ").matcher(list);
        assertThat(found.results().map(match -> match.group(1))).containsExactly(symbols.split(" ", -1));
        assertThat(list).contains("best 000020 +20.00 %, worst 000030 -10.00 %", "2 up, 1 down");
    }

    @Test
    void usersHaveListsOfTheirOwn() {
        score(THURSDAY, plain("000010", 10_000));
        String warning =
                "warning: the jobs look at the DRY_RUN watchlist of default_user: no alert of this one is told";
        assertThat(done("add 000010 --user somebody")).contains(warning);

        assertThat(done("list")).contains("nothing is on the list");
        assertThat(done("list --user somebody")).contains("DRY_RUN watchlist of somebody", "000010");
        assertThat(done("add 000010 --user default_user")).doesNotContain("warning");
        shell.environment.put("ORCHESTRATOR_USER_ID", "somebody");
        assertThat(done("add 000010")).contains("watchlist of somebody").doesNotContain("warning");
    }

    @Test
    void theCsvIsQuotedAndNoSpreadsheetRunsItsTexts() {
        score(THURSDAY, plain("000010", 10_000), plain("000020", 20_000));
        Shell.Result _ = shell.at(
                "watchlist", "add", "000010", "--target", "9000", "--notes", "=HYPERLINK(\"x\"),1", "--reason", "+1");
        done("add 000020 --tags a,b --reason \uFF1D1 --notes \uFF201");

        String csv = done("export");

        List<String> lines = csv.lines().toList();
        assertThat(csv).endsWith("\r\n");
        assertThat(lines.getFirst().split(",", -1)).hasSize(19).startsWith("ticker", "name", "market", "sector");
        assertThat(lines.get(1))
                .isEqualTo("000010,Name of 000010,KOSPI,,10000,9000,0,0,50,80,,70,66,75,0,'+1,,"
                        + "\"'=HYPERLINK(\"\"x\"\"),1\",2024-12-19");
        assertThat(lines.get(2)).endsWith(",'\uFF1D1,\"a, b\",'\uFF201,2024-12-19");
    }

    @Test
    void theJsonTellsWhatItIsAndTheHistoryWhenAsked() throws IOException {
        score(THURSDAY, plain("000010", 10_000));
        done("add 000010");
        Path file = folder.resolve("list.json");

        assertThat(done("export --format json --history --out list.json")).contains("1 entries in list.json");
        JsonNode document = new ObjectMapper().readTree(Files.readString(file, StandardCharsets.UTF_8));
        JsonNode entry = document.path("entries").get(0);

        assertThat(document.path("place").asText()).isEqualTo("world venues:kis=real,saxo=SIM");
        assertThat(document.path("exported").asText()).isEqualTo(Shell.NOW.toString());
        assertThat(document.path("user").asText()).isEqualTo("default_user");
        assertThat(document.path("count").asInt()).isEqualTo(1);
        assertThat(entry.path("history").get(0).path("label").asText()).isEqualTo("added");
        assertThat(entry.path("history").get(0).path("beta").asDouble()).isEqualTo(1.1);
        assertThat(entry.has("target")).as("not known is left out").isFalse();
        assertThat(new ObjectMapper()
                        .readTree(done("export --format json"))
                        .path("entries")
                        .get(0)
                        .has("history"))
                .isFalse();
        assertThat(watchlist("export --out " + file).err()).contains("is there already");
    }

    @Test
    void aSessionThatIsNotScoredYetIsNamed() {
        score(THURSDAY, plain("000010", 10_000));
        done("add 000010");
        try (Store store = SqliteStore.open(shell.home.resolve("venues-kis-real-saxo-SIM/haetae.db"))) {
            new MarketDataMapper(store)
                    .put(MarketDay.of(FRIDAY, PriceSource.OFFICIAL, List.of()), 0, true, Instant.EPOCH);
        }

        assertThat(done("update")).contains("warning: 2024-12-20 is stored and not scored yet");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            add 999990                              | no share 999990 is in the rows of 2024-12-19
            add 5930                                | '5930' is no symbol
            add 000010 --target 0                   | a target price of 0: it must be above 0
            add 000010 --target cheap               | 'cheap' is not a whole number
            add 000010 --upper 9000 --lower 9000    | a lower alert price of 9000 is not below the upper one
            add 000010 --tags a,,b                  | a tag that says nothing
            set 000010 --target 1                   | 000010 is not on the watchlist of default_user: ./haetae watchlist add 000010
            remove 000010                           | 000010 is not on the watchlist of default_user
            remove 000010 --forever                 | 000010 is not on the watchlist of default_user
            history 000010                          | 000010 has no history on the watchlist
            history 000010 --last 0                 | --last 0: a number of days from 1
            """)
    void whatCannotBeDoneIsSaidInOneLine(String line, String words) {
        score(THURSDAY, plain("000010", 10_000));

        Shell.Result result = watchlist(line);

        assertThat(result.err()).contains(words);
        assertThat(result.errLines()).hasSize(1);
        assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(done("list --all")).contains("nothing is on the list");
    }

    @Test
    void alertPricesThatCrossAreRefusedAndNothingIsChanged() {
        score(THURSDAY, plain("000010", 10_000));
        done("add 000010 --upper 11000 --lower 9000");
        String before = done("list --details");

        Shell.Result result = watchlist("set 000010 --target 12000 --lower 11000");

        assertThat(result.err()).contains("000010: a lower alert price of 11000 is not below the upper one of 11000");
        assertThat(result.errLines()).hasSize(1);
        assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(done("list --details")).isEqualTo(before);
    }

    @Test
    void withoutAWordItTellsWhatThereIs() {
        Shell.Result result = shell.bare("watchlist");

        assertThat(result.err()).contains("one of add, set, list, update, clean, history, export, remove");
        assertThat(result.errLines()).hasSize(1);
        assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void withoutScoresItSaysWhereTheyComeFrom() {
        try (Store store = SqliteStore.open(home("haetae.db"))) {
            WorldMark.check(store, VENUES);
        }

        assertThat(watchlist("add 000010").err()).contains("no session is scored in world venues", "./haetae day");
        assertThat(done("list")).contains("nothing is on the list");
    }

    /** Every command of the documentation, in the order it stands there, answers what stands there. */
    @Test
    void theDocumentationShowsWhatIsAnswered() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "watchlist.md"), StandardCharsets.UTF_8);
        int begin = document.indexOf("```\n") + 4;
        String shown = document.substring(begin, document.indexOf("\n```\n", begin));
        String prompt = "$ ./haetae watchlist ";
        StringBuilder answered = new StringBuilder();
        score(THURSDAY, plain("000660", 170_000), plain("005930", 71_000));
        for (String line : shown.lines().filter(text -> text.startsWith(prompt)).toList()) {
            if (line.endsWith(" update")) {
                score(
                        FRIDAY,
                        plain("000660", 168_400).per(52.5),
                        plain("005930", 75_300).composite(53.0));
            }
            answered.append(line)
                    .append('\n')
                    .append(done(line.substring(prompt.length())).replace("\r", ""))
                    .append('\n');
        }

        assertThat(answered.toString().strip()).isEqualTo(shown);
    }

    private Path home(String file) {
        try {
            return Files.createDirectories(shell.home.resolve("venues-kis-real-saxo-SIM"))
                    .resolve(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The engines, and a stack whose functions name their tables: a server of ours answers for Lambda, DynamoDB Local for the
     * tables.
     */
    @Test
    void aDeployedStackIsWorkedWithAndConcurrentEditsAreAllKept() throws Exception {
        DynamoTables tables = new DynamoTables("shop-StateTable-1A", "shop-MarketTable-2B");
        try (DynamoDbLocalProcess server =
                DynamoDbLocalProcess.start(Path.of("target", "dynamodb-local"), 0, new SystemTime())) {
            tables.createIn(server.client());
            try (Store memory = new MemoryStore();
                    Store sqlite = SqliteStore.open(folder.resolve("writers.db"));
                    Store dynamo = new DynamoStore(server.client(), tables, new SystemTime())) {
                for (Store store : List.of(memory, sqlite, dynamo)) {
                    concurrentEditsAreAllKept(store);
                }
                score(dynamo, THURSDAY, plain("000010", 10_000));
            }
            HttpServer lambda = lambda(tables);
            try {
                aStackIsWorkedWith(server.endpoint(), lambda);
            } finally {
                lambda.stop(0);
            }
        }
    }

    /** Two people add, remove and edit shares of one list while the daily update goes over it, all at once. */
    private static void concurrentEditsAreAllKept(Store store) throws Exception {
        Owner owner = new Owner(Mode.DRY_RUN, "several");
        List<SampleScores> market = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            market.add(plain("%06d".formatted(i), 10_000));
        }
        ScoreSheet thursday = sheet(THURSDAY, market);
        ScoreSheet friday = sheet(FRIDAY, market);
        Watchlist first = list(store, owner);
        market.forEach(share -> first.add(wish(share.symbol()), thursday, Instant.EPOCH));
        CyclicBarrier together = new CyclicBarrier(3);
        try (ExecutorService people = Executors.newFixedThreadPool(3)) {
            List<Future<?>> all = new ArrayList<>();
            for (Callable<?> one : List.<Callable<?>>of(
                    () -> edits(list(store, owner), market.subList(0, 4), thursday)
                            + edits(list(store, owner), market.subList(6, 8), Part.TARGET),
                    () -> edits(list(store, owner), market.subList(6, 8), Part.NOTES)
                            + edits(list(store, owner), market.subList(2, 6), thursday),
                    () -> list(store, owner).update(() -> friday, Instant.EPOCH))) {
                all.add(people.submit(() -> {
                    together.await();
                    return one.call();
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        first.update(() -> friday, Instant.EPOCH);
        List<WatchlistEntry> entries = first.listing().entries();
        assertThat(entries).hasSize(8).allMatch(WatchlistEntry::active).allSatisfy(entry -> {
            assertThat(entry.session()).as(entry.symbol()).isEqualTo(FRIDAY);
            // The first two were removed by one person, the next two by both or by the one who was quicker.
            long removals = entry.notes()
                    .lines()
                    .filter(line -> line.endsWith("removed by a person"))
                    .count();
            long additions = entry.notes()
                    .lines()
                    .filter(line -> line.endsWith("added again"))
                    .count();
            assertThat(additions).as(entry.notes()).isEqualTo(removals);
            switch (entry.symbol()) {
                case "000001", "000002", "000005", "000006" ->
                    assertThat(removals).isEqualTo(1);
                case "000003", "000004" -> assertThat(removals).isBetween(1L, 2L);
                default -> {
                    assertThat(removals).isZero();
                    assertThat(entry.marks().target()).isEqualTo(12_000);
                    assertThat(entry.notes()).isEqualTo("seen");
                }
            }
        });
    }

    private static int edits(Watchlist list, List<SampleScores> shares, ScoreSheet sheet) {
        for (SampleScores share : shares) {
            Optional<WatchlistEntry> _ = list.remove(share.symbol(), THURSDAY);
            Optional<Watchlist.Addition> _ = list.add(wish(share.symbol()), sheet, Instant.EPOCH);
        }
        return shares.size();
    }

    private static int edits(Watchlist list, List<SampleScores> shares, Part part) {
        for (SampleScores share : shares) {
            Wish wish =
                    new Wish(share.symbol(), new Marks(12_000L, true, null, null), Optional.empty(), List.of(), "seen");
            assertThat(list.edit(new Edit(wish, Set.of(part)), THURSDAY)).isPresent();
        }
        return shares.size();
    }

    private static Watchlist list(Store store, Owner owner) {
        return new Watchlist(
                new WatchlistMapper(store), new MarketDataMapper(store), new SymbolRegisterMapper(store), owner);
    }

    private static Wish wish(String symbol) {
        return new Wish(symbol, Marks.NONE, Optional.of("why"), List.of(), "");
    }

    private static ScoreSheet sheet(LocalDate session, List<SampleScores> market) {
        return new ScoreSheet(
                session, "r", market.stream().map(SampleScores::score).toList(), List.of());
    }

    /** Two pages of functions, as Lambda's ListFunctions answers; the stack's is on the second. */
    private static HttpServer lambda(DynamoTables tables) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/2015-03-31/functions", exchange -> {
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            boolean denied = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .contains("stranger");
            String body = denied
                    ? "{\"Message\":\"not authorized to perform lambda:ListFunctions\"}"
                    : query.contains("Marker=second") ? """
                            {"Functions":[{"FunctionName":"shop-WatchlistUpdate-3C","Environment":{"Variables":{
                            "HAETAE_STAGE":"shop","HAETAE_STATE_TABLE":"%s","HAETAE_MARKET_TABLE":"%s",
                            "ORCHESTRATOR_USER_ID":"clerk","ORCHESTRATOR_DRY_RUN":"false","KIS_ENV":"paper"}}}]}
                            """.formatted(tables.state(), tables.market()) : """
                            {"NextMarker":"second","Functions":[{"FunctionName":"unrelated"},
                            {"FunctionName":"other","Environment":{"Variables":{"HAETAE_STAGE":"other"}}}]}
                            """;
            if (denied) {
                exchange.getResponseHeaders().add("x-amzn-ErrorType", "AccessDeniedException");
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(denied ? 403 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void aStackIsWorkedWith(URI dynamoDb, HttpServer lambda) {
        shell.environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString());
        shell.environment.put(
                "AWS_ENDPOINT_URL_LAMBDA",
                "http://127.0.0.1:" + lambda.getAddress().getPort());
        shell.environment.put("AWS_ACCESS_KEY_ID", "local");
        shell.environment.put("AWS_SECRET_ACCESS_KEY", "local");

        assertThat(done("add 000010 --target 12000 --stack shop --region ap-northeast-2"))
                .startsWith("stack shop in ap-northeast-2, SIM watchlist of clerk\nadded:");
        assertThat(done("set 000010 --target 13000 --upper 12500 --stack shop --region ap-northeast-2"))
                .startsWith("stack shop in ap-northeast-2, SIM watchlist of clerk\nchanged:")
                .contains("target 13000 (+30.00 %); alerts at 12500 above");
        assertThat(done("list --stack shop --region ap-northeast-2")).contains("000010", "13000", "1 on the list");
        assertThat(done("list --stack shop --region ap-northeast-2 --user somebody"))
                .contains("SIM watchlist of somebody", "nothing is on the list");
        assertThat(shell.home).as("nothing of this machine is touched").doesNotExist();

        Shell.Result absent = watchlist("list --stack shed --region ap-northeast-2");
        assertThat(absent.err()).contains("no function of a stack shed is deployed there");
        assertThat(absent.code()).isEqualTo(ExitCode.BAD_INPUT);

        shell.environment.put("AWS_ACCESS_KEY_ID", "stranger");
        Shell.Result denied = watchlist("list --stack shop --region ap-northeast-2");
        assertThat(denied.errLines()).hasSize(1);
        assertThat(denied.err()).contains("AccessDeniedException", "lambda:ListFunctions is needed");
        assertThat(denied.code()).isEqualTo(ExitCode.AUTHENTICATION);

        lambda.stop(0);
        Shell.Result gone = watchlist("list --stack shop --region ap-northeast-2");
        assertThat(gone.errLines()).hasSize(1);
        assertThat(gone.code()).isEqualTo(ExitCode.AUTHENTICATION);
    }
}
