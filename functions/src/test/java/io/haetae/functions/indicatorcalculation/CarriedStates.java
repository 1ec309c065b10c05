package io.haetae.functions.indicatorcalculation;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.job.Fence;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.job.Slot;
import io.haetae.market.DailyRow;
import io.haetae.market.IndexRow;
import io.haetae.market.Indices;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.portfolio.Mode;
import io.haetae.store.Action;
import io.haetae.store.IndexMapper;
import io.haetae.store.IndicatorMapper;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.MarketStateMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A state that is carried from run to run gives what the whole history gives, bit for bit, on every engine. */
public abstract class CarriedStates {

    private static final long SEED = 20_260_318;
    private static final TradingCalendar CALENDAR = XkrxCalendar.bundled();
    private static final LocalDate FIRST = LocalDate.of(2024, 6, 3);

    private final Random random = new Random(SEED);
    private final MadeRows rows = new MadeRows(random, 12);
    private final List<LocalDate> sessions = CALENDAR.sessionsBetween(FIRST, FIRST.plusDays(700)).stream()
            .map(Session::date)
            .toList();
    private Store store = new MemoryStore();

    /** The engine under test, empty. */
    protected abstract Store open() throws Exception;

    /** How many sessions it lives through. */
    protected abstract int length();

    /** After how many sessions the whole history is computed beside it. */
    protected abstract int comparedEvery();

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void whatIsCarriedEqualsTheWholeHistory() {
        List<LateRows> late = new ArrayList<>();
        int compared = 0;
        for (int number = 0; number < length(); number++) {
            LocalDate session = sessions.get(number);
            List<DailyRow> official = rows.next();
            if (number == 0 || random.nextDouble() < 0.97) {
                put(session, PriceSource.PROVISIONAL, rows.seenOtherwise(official));
                if (random.nextInt(4) == 0) {
                    runWithAStop(session);
                }
                late.add(new LateRows(number + lateness(), session, official));
            }
            int today = number;
            late.stream().filter(one -> one.due() == today).forEach(one -> {
                put(one.session(), PriceSource.OFFICIAL, one.rows());
                if (random.nextDouble() < 0.95) {
                    index(one.session());
                }
            });
            if (isStored(session)) {
                runWithAStop(session);
                if (number % comparedEvery() == 0 || number == length() - 1) {
                    compared++;
                    assertThat(snapshot(store, session))
                            .as("seed %d, %s", SEED, session)
                            .isEqualTo(whole(session));
                }
            }
        }
        assertThat(compared).as("seed %d", SEED).isGreaterThan(length() / comparedEvery() / 2);
    }

    private record LateRows(int due, LocalDate session, List<DailyRow> rows) {}

    /** The next morning most often, seldom later than any state is kept. */
    private int lateness() {
        return random.nextDouble() < 0.9 ? 1 : random.nextInt(16);
    }

    @Test
    void anotherRunReadsTheRowsOfTheNewSessionAlone() {
        for (LocalDate session : sessions.subList(0, 31)) {
            put(session, PriceSource.OFFICIAL, rows.next());
        }
        WatchedStore watched = new WatchedStore(store);
        JobResult first = run(watched, sessions.get(29));
        assertThat(first.reason()).contains("; whole history, 30 sessions");
        assertThat(watched.rowsRead()).hasSize(30);
        JobResult second = run(watched, sessions.get(30));
        assertThat(second.reason()).contains("; from " + sessions.get(29) + ", 1 session");
        assertThat(watched.rowsRead()).containsExactly(sessions.get(30).toString());
        JobResult again = run(watched, sessions.get(30));
        assertThat(again.reason()).contains("; from " + sessions.get(30) + ", 0 sessions");
        assertThat(watched.rowsRead()).isEmpty();
        assertThat(snapshot(store, sessions.get(30))).isEqualTo(whole(sessions.get(30)));
    }

    @Test
    void officialRowsOfTheNewestSessionGoOnFromTheOneBefore() {
        for (LocalDate session : sessions.subList(0, 20)) {
            put(session, PriceSource.PROVISIONAL, rows.next());
        }
        LocalDate newest = sessions.get(19);
        run(store, newest);
        put(newest, PriceSource.OFFICIAL, rows.next());
        index(newest);
        assertThat(run(store, newest).reason()).contains("; from " + sessions.get(18) + ", 1 session");
        assertThat(snapshot(store, newest)).isEqualTo(whole(newest));
    }

    @Test
    void aCorrectionOlderThanTheKeptStatesMeansTheWholeHistory() {
        for (LocalDate session : sessions.subList(0, 20)) {
            put(session, PriceSource.PROVISIONAL, rows.next());
            run(store, session);
        }
        put(sessions.get(8), PriceSource.OFFICIAL, rows.next());
        put(sessions.get(20), PriceSource.PROVISIONAL, rows.next());
        assertThat(run(store, sessions.get(20)).reason()).contains("; whole history, 21 sessions");
        assertThat(snapshot(store, sessions.get(20))).isEqualTo(whole(sessions.get(20)));
        put(sessions.get(15), PriceSource.OFFICIAL, rows.next());
        put(sessions.get(21), PriceSource.PROVISIONAL, rows.next());
        assertThat(run(store, sessions.get(21)).reason()).contains("; from " + sessions.get(14) + ", 7 sessions");
        assertThat(snapshot(store, sessions.get(21))).isEqualTo(whole(sessions.get(21)));
    }

    @Test
    void aCorrectionWithinTheKeptStatesGoesOnFromBeforeIt() {
        for (LocalDate session : sessions.subList(0, 20)) {
            put(session, PriceSource.PROVISIONAL, rows.next());
            run(store, session);
        }
        put(sessions.get(15), PriceSource.OFFICIAL, rows.next());
        put(sessions.get(20), PriceSource.PROVISIONAL, rows.next());
        assertThat(run(store, sessions.get(20)).reason()).contains("; from " + sessions.get(14) + ", 6 sessions");
        assertThat(snapshot(store, sessions.get(20))).isEqualTo(whole(sessions.get(20)));
    }

    @Test
    void olderSessionsThatComeLaterMeanTheWholeHistory() {
        for (LocalDate session : sessions.subList(5, 10)) {
            put(session, PriceSource.OFFICIAL, rows.next());
            run(store, session);
        }
        put(sessions.get(2), PriceSource.OFFICIAL, rows.next());
        put(sessions.get(10), PriceSource.OFFICIAL, rows.next());
        assertThat(run(store, sessions.get(10)).reason())
                .contains("; whole history, 9 sessions")
                .contains("; 2 sessions missing");
        assertThat(snapshot(store, sessions.get(10))).isEqualTo(whole(sessions.get(10)));
    }

    @Test
    void aDamagedStateIsSaidAndChangesNoFigure() {
        for (LocalDate session : sessions.subList(0, 3)) {
            put(session, PriceSource.OFFICIAL, rows.next());
            run(store, session);
        }
        damage("states/KRX/" + sessions.get(2));
        put(sessions.get(3), PriceSource.OFFICIAL, rows.next());
        assertThat(run(store, sessions.get(3)).reason())
                .contains("; from " + sessions.get(1) + ", 2 sessions; 1 damaged state left aside");
        assertThat(snapshot(store, sessions.get(3))).isEqualTo(whole(sessions.get(3)));
        assertThat(run(store, sessions.get(3)).reason()).doesNotContain("damaged");
    }

    private void damage(String partition) {
        Item part = store.query(Query.all(Table.MARKET, partition)).getFirst();
        byte[] bytes = part.bytes("bytes").clone();
        bytes[bytes.length / 2] ^= 1;
        assertThat(store.commit(List.of(
                        Action.put(Item.at(part.key()).with("bytes", bytes).build()))))
                .isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void twoRunsAtOnceOverTheSameRowsBothEndWell() throws Exception {
        for (LocalDate session : sessions.subList(0, 15)) {
            put(session, PriceSource.OFFICIAL, rows.next());
        }
        LocalDate newest = sessions.get(14);
        List<JobResult> results = new ArrayList<>();
        Thread other = Thread.ofPlatform().start(() -> results.add(run(store, newest)));
        JobResult own = run(store, newest);
        other.join();
        assertThat(List.of(own, results.getFirst())).allMatch(JobResult.Done.class::isInstance);
        assertThat(snapshot(store, newest)).isEqualTo(whole(newest));
    }

    @Test
    void ofTwoRunsOverDifferentRowsTheOlderOneNoticesAndTheNewerOneStands() {
        int number = 0;
        for (String sheet : List.of("states/KRX", "indicators/KRX")) {
            LocalDate session = sessions.get(number++);
            List<DailyRow> official = rows.next();
            put(session, PriceSource.PROVISIONAL, rows.seenOtherwise(official));
            WatchedStore overtaken = new WatchedStore(store);
            overtaken.before(Key.market(sheet, session.toString()), () -> {
                put(session, PriceSource.OFFICIAL, official);
                assertThat(run(store, session)).isInstanceOf(JobResult.Done.class);
            });
            assertThat(run(overtaken, session))
                    .isEqualTo(new JobResult.Refused("rows of " + session + " changed while they were read"));
            assertThat(snapshot(store, session)).as(sheet).isEqualTo(whole(session));
        }
    }

    private void runWithAStop(LocalDate session) {
        if (random.nextInt(3) == 0) {
            try {
                run(WatchedStore.stopping(store, random.nextInt(6)), session);
            } catch (WatchedStore.Stopped e) {
                assertThat(e).isNotNull();
            }
        }
        assertThat(run(store, session)).as("seed %d", SEED).isInstanceOf(JobResult.Done.class);
    }

    private boolean isStored(LocalDate session) {
        return new MarketDataMapper(store).coverage(session).isPresent();
    }

    private void put(LocalDate session, PriceSource source, List<DailyRow> day) {
        new MarketDataMapper(store).put(MarketDay.of(session, source, day), 0, true, Instant.EPOCH);
    }

    private void index(LocalDate session) {
        BigDecimal close = BigDecimal.valueOf(250_000 + random.nextInt(10_000), 2);
        new IndexMapper(store)
                .put(session, List.of(new IndexRow("KOSPI", Indices.KOSPI, null, null, null, close, BigDecimal.ONE)));
    }

    private static IndicatorSnapshot snapshot(Store store, LocalDate session) {
        return new IndicatorMapper(store).at(session).orElseThrow();
    }

    /** As computed over the whole history by a run that has nothing to go on from. */
    private IndicatorSnapshot whole(LocalDate session) {
        Store empty = new MemoryStore();
        JobResult result = job(store, empty).run(run(session));
        assertThat(result.reason()).contains("; whole history, ");
        return snapshot(empty, session);
    }

    private static JobResult run(Store store, LocalDate session) {
        return job(store, store).run(run(session));
    }

    private static IndicatorCalculation job(Store market, Store results) {
        return new IndicatorCalculation(
                new MarketDataMapper(market),
                new IndexMapper(market),
                CALENDAR,
                new MarketStateMapper(results),
                new IndicatorMapper(results));
    }

    private static Run run(LocalDate session) {
        return new Run(
                new Slot(JobName.INDICATOR_CALCULATION, session.toString(), "", Mode.DRY_RUN, Optional.empty()),
                session,
                new Fence("lease", 1),
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(300),
                false,
                true);
    }
}
