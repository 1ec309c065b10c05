package io.haetae.local.krx;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.calendar.CalendarCheck;
import io.haetae.calendar.CalendarReading;
import io.haetae.calendar.CalendarSource;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.event.DomainEvent;
import io.haetae.functions.datacollection.CalendarRefresh;
import io.haetae.job.Fence;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.job.Slot;
import io.haetae.kis.KisClient;
import io.haetae.kis.KisKeys;
import io.haetae.kis.KisRateLimiter;
import io.haetae.kis.KisToken;
import io.haetae.krx.ClosurePageClient;
import io.haetae.local.home.FileSecrets;
import io.haetae.local.http.Answer;
import io.haetae.local.kis.KisSimulator;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.portfolio.Mode;
import io.haetae.store.CalendarCheckMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outbox;
import io.haetae.store.SecretLeases;
import io.haetae.store.Store;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job against both simulated sources, over HTTP. */
class CalendarRefreshTest {

    private static final GeneratedMarket MARKET = GeneratedMarket.small(1, 10);
    private static final TradingCalendar CALENDAR = XkrxCalendar.bundled();

    /** A session two weeks ahead of the first morning. */
    private static final LocalDate AHEAD = LocalDate.of(2026, 4, 1);

    private final VirtualTime time = new VirtualTime(morning("2026-03-18"));
    private final Store store = new MemoryStore();
    private final CalendarCheckMapper checks = new CalendarCheckMapper(store);
    private final CalendarCheck check = new CalendarCheck(CALENDAR, checks);

    @TempDir
    Path folder;

    private KisSimulator broker;
    private ClosurePageSimulator page;

    @BeforeEach
    void serve() {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        broker = new KisSimulator(time, MARKET, folder.resolve("kis.json"), any);
        page = new ClosurePageSimulator(time, any);
    }

    @AfterEach
    void stop() {
        broker.close();
        page.close();
    }

    @Test
    void twoSourcesThatAgreeAreSaidToAndKept() throws Exception {
        JobResult.Done done = (JobResult.Done) run(true);

        assertThat(done.reason()).isEqualTo("195 sessions to 2026-12-31 agree with 2 sources");
        assertThat(done.lines()).isEmpty();
        assertThat(checks.sources())
                .extracting(CalendarSource::name)
                .containsExactly("KIS chk-holiday", "closure page");
        assertThat(checks.sources()).allSatisfy(source -> {
            CalendarReading reading = source.newest().orElseThrow();
            assertThat(CALENDAR.sessionsBetween(reading.from(), reading.to())).hasSizeGreaterThan(30);
        });
        assertThat(new Outbox(store).pending()).isEmpty();
    }

    /** K-cal: a closure that came up after this program was made. */
    @Test
    void aClosureThatTheCalendarLacksIsKeptToldOnceAndRefusedUntilTheyAgree() throws Exception {
        page.say(AHEAD, true);
        JobResult result = run(false);
        assertThat(result).isInstanceOf(JobResult.Refused.class);
        assertThat(result.reason()).contains("2026-04-01 closed (here open)");
        run(false);
        assertThat(new Outbox(store).pending()).extracting(DomainEvent::type).containsExactly("CalendarDisagrees");

        page.agree();
        time.advanceTo(morning("2026-03-19"));
        assertThat(run(false)).isInstanceOf(JobResult.Done.class);
        assertThat(check.refusal(CALENDAR.dateAt(time.now()))).isEmpty();
        assertThat(new Outbox(store).pending())
                .extracting(DomainEvent::type)
                .containsExactly("CalendarDisagrees", "CalendarAgrees");
    }

    @Test
    void aSessionThatTheBrokerDoesNotOpenIsADisputeToo() throws Exception {
        broker.sayOpen(AHEAD, false);
        assertThat(run(true).reason()).contains("KIS chk-holiday (read 2026-03-18) says 2026-04-01 closed (here open)");
        broker.agree();
        broker.sayOpen(LocalDate.of(2026, 4, 4), true);
        assertThat(run(true).reason()).contains("2026-04-04 open (here closed)");
    }

    @Test
    void aPageThatCannotBeReadLeavesTheVerdictAndAnotherSourceIsStillAsked() throws Exception {
        page.say(AHEAD, true);
        run(false);
        page.server().answerNext("/contents", 99, Answer.json(200, "<html>maintenance</html>"));
        time.advanceTo(morning("2026-03-19"));
        JobResult result = run(true);
        assertThat(result).isInstanceOf(JobResult.Refused.class);
        assertThat(source(CalendarRefresh.PAGE).newest().orElseThrow().from()).isEqualTo("2026-03-18");
        assertThat(source(CalendarRefresh.BROKER).newest().orElseThrow().from()).isEqualTo("2026-03-19");
    }

    @Test
    void anEmptyYearIsNeverAYearWithoutClosures() throws Exception {
        page.server().answerNext("/contents/OPN", 99, Answer.json(200, "{\"block1\":[]}"));
        JobResult.Skipped skipped = (JobResult.Skipped) run(false);
        assertThat(skipped.lines()).singleElement().asString().contains("2026", "no closures");
        assertThat(check.refusal(CALENDAR.dateAt(time.now()))).isEmpty();
    }

    @Test
    void silenceForManySessionsFailsTheJob() throws Exception {
        page.server().answerNext("/contents", 999, Answer.empty(503));
        for (String day : new String[] {"2026-03-18", "2026-03-19", "2026-03-20", "2026-03-23", "2026-03-24"}) {
            time.advanceTo(morning(day));
            assertThat(run(false)).as(day).isInstanceOf(JobResult.Skipped.class);
        }
        time.advanceTo(morning("2026-03-25"));
        JobResult.Failed failed = (JobResult.Failed) run(false);
        assertThat(failed.reason()).contains("closure page", "since 2026-03-18", "HTTP 503");
    }

    @Test
    void inDecemberTheNextYearIsReadToo() throws Exception {
        VirtualTime before = new VirtualTime(morning("2025-12-01"));
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ClosurePageSimulator december = new ClosurePageSimulator(before, any)) {
            CalendarRefresh refresh = new CalendarRefresh(
                    new ClosurePageClient(
                            ClosurePageClient.http(), december.base().toString(), before),
                    Optional.empty(),
                    checks,
                    CALENDAR,
                    before);
            assertThat(refresh.run(run()).reason()).contains("to 2026-12-31");
        }
    }

    @Test
    void aYearThatIsPublishedAndUnknownHereIsSaid() throws Exception {
        LocalDate last = CALENDAR.lastKnown();
        time.advanceTo(morning(last.withDayOfMonth(1).toString()));
        int next = last.getYear() + 1;
        page.server().answerNext("/contents/COM", 1, password());
        page.server().answerNext("/contents/OPN", 1, year(CALENDAR, last.getYear()));
        page.server().answerNext("/contents/COM", 1, password());
        page.server()
                .answerNext(
                        "/contents/OPN", 1, Answer.json(200, "{\"block1\":[{\"calnd_dd\":\"" + next + "-01-01\"}]}"));
        JobResult.Done done = (JobResult.Done) run(false);
        assertThat(done.lines()).singleElement().asString().contains(next + " is published", "update the program");
    }

    private static Answer password() {
        return Answer.json(200, "one-time-password");
    }

    private static Answer year(TradingCalendar calendar, int year) {
        StringBuilder rows = new StringBuilder();
        LocalDate.of(year, 1, 1)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .filter(date -> !calendar.isSession(date))
                .forEach(date -> rows.append(rows.isEmpty() ? "" : ",").append("{\"calnd_dd\":\"" + date + "\"}"));
        return Answer.json(200, "{\"block1\":[" + rows + "]}");
    }

    private CalendarSource source(String name) {
        return checks.sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JobResult run(boolean withBroker) throws Exception {
        return new CalendarRefresh(
                        new ClosurePageClient(
                                ClosurePageClient.http(), page.base().toString(), time),
                        withBroker ? Optional.of(client()) : Optional.empty(),
                        checks,
                        CALENDAR,
                        time)
                .run(run());
    }

    private Run run() {
        Slot slot = new Slot(
                JobName.CALENDAR_REFRESH, CALENDAR.dateAt(time.now()).toString(), "", Mode.DRY_RUN, Optional.empty());
        return new Run(
                slot,
                CALENDAR.dateAt(time.now()),
                new Fence("lease", 1),
                time.now(),
                time.now().plusSeconds(900),
                false,
                false);
    }

    private KisClient client() {
        KisKeys keys = new KisKeys(KisSimulator.APP_KEY, KisSimulator.APP_SECRET);
        String base = broker.base().toString();
        KisToken token = new KisToken(
                KisClient.http(),
                base,
                keys,
                new FileSecrets(folder.resolve("secrets"), Map.of()),
                new SecretLeases(store, time, () -> "run"),
                time);
        return new KisClient(KisClient.http(), base, keys, token, new KisRateLimiter(time, BigDecimal.TEN), time);
    }

    private static Instant morning(String date) {
        return LocalDate.parse(date).atTime(7, 30).atZone(XkrxCalendar.SEOUL).toInstant();
    }
}
