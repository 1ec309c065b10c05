package io.haetae.functions.datacollection;

import io.haetae.calendar.TradingCalendar;
import io.haetae.indicator.IndicatorSnapshots;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.krx.IndexFamily;
import io.haetae.krx.KrxClient;
import io.haetae.krx.KrxException;
import io.haetae.krx.KrxException.Kind;
import io.haetae.market.Coverage;
import io.haetae.market.IndexRow;
import io.haetae.market.Indices;
import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.market.SymbolRegister;
import io.haetae.market.SymbolRegisters;
import io.haetae.time.TimeSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands beside a session's prices: base information and indices, four calls with the Exchange's two main markets. Prices do
 * not wait for it: a feed that gives nothing is told and left out.
 */
public final class ReferenceData {

    private static final System.Logger LOG = System.getLogger(ReferenceData.class.getName());

    /** Sessions held in memory together. */
    private static final int SESSIONS_AT_ONCE = 25;

    /** Sessions whose index is wanted: as many closes as a year of returns takes, and a few that a share may have missed. */
    private static final int INDICES = 280;

    /** More than so many sessions ever took. */
    private static final int INDEX_DAYS = 500;

    /** A feed that fails so often fails for all. */
    private static final int TROUBLES_A_RUN = 3;

    /** By the index that stands for all of it. */
    private static final Map<IndexFamily, String> FAMILIES =
            new EnumMap<>(Map.of(IndexFamily.KOSPI, Indices.KOSPI, IndexFamily.KOSDAQ, Indices.KOSDAQ));

    private final KrxClient client;
    private final SymbolRegisters symbols;
    private final Indices indices;
    private final MarketData market;
    private final IndicatorSnapshots indicators;
    private final TradingCalendar calendar;
    private final TimeSource time;

    public ReferenceData(
            KrxClient client,
            SymbolRegisters symbols,
            Indices indices,
            MarketData market,
            IndicatorSnapshots indicators,
            TradingCalendar calendar,
            TimeSource time) {
        this.client = client;
        this.symbols = symbols;
        this.indices = indices;
        this.market = market;
        this.indicators = indicators;
        this.calendar = calendar;
        this.time = time;
    }

    /**
     * First the index of stored sessions that have none, then the body, and after it what stands beside the official rows that
     * it put in force. The result is the body's, and what could not be had is told beside it. While the index may still come
     * the slot stays open for the next run; an index that comes after the indicators makes them due again, unless it is so late
     * that the day's signals would miss them: then it is left to the next morning.
     */
    public JobBody following(JobBody body) {
        return run -> {
            Reading reading = new Reading(run.session());
            reading.past();
            boolean early = isOfficial(run.session());
            if (early) {
                reading.newest();
            }
            JobResult result = body.run(run);
            if (!early && isOfficial(run.session())) {
                reading.newest();
            }
            return reading.beside(result);
        };
    }

    private boolean isOfficial(LocalDate session) {
        return market.coverage(session).filter(Coverage::isOfficial).isPresent();
    }

    /** What one run asks for beside the rows, and what it could not have. */
    private final class Reading {

        private final LocalDate newest;
        private final List<String> troubles = new ArrayList<>();
        private boolean corrected;
        private boolean late;

        Reading(LocalDate newest) {
            this.newest = newest;
        }

        /**
         * Beta wants the index of every session that has rows: those of a backfill or of a gap filled later have none. A run that
         * dies is taken up where it was, and ends with the same.
         */
        void past() throws InterruptedException {
            if (isTooLate()) {
                return;
            }
            List<LocalDate> official = market.coverage(newest.minusDays(INDEX_DAYS), newest).reversed().stream()
                    .filter(coverage -> !coverage.session().equals(newest))
                    .limit(INDICES - 1)
                    .filter(Coverage::isOfficial)
                    .map(Coverage::session)
                    .toList();
            if (official.isEmpty()) {
                return;
            }
            Set<LocalDate> known =
                    indices.closes(Indices.KOSPI, official.getLast(), newest).keySet();
            for (LocalDate session : official) {
                try {
                    if (!known.contains(session)) {
                        read(IndexFamily.KOSPI, session);
                    }
                } catch (KrxException e) {
                    troubles.add(String.valueOf(e.getMessage()));
                    late |= e.kind() == Kind.UNAVAILABLE;
                    if (!MissingSessions.isOfOneSession(e) || troubles.size() == TROUBLES_A_RUN) {
                        return;
                    }
                }
            }
        }

        /** Nothing is asked for when every family is there. */
        void newest() throws InterruptedException {
            Set<String> known = names(newest);
            if (known.containsAll(FAMILIES.values())) {
                return;
            }
            baseInformation();
            for (Map.Entry<IndexFamily, String> family : FAMILIES.entrySet()) {
                try {
                    boolean wanted = family.getKey() != IndexFamily.KOSPI || !isTooLate();
                    if (wanted && !known.contains(family.getValue())) {
                        read(family.getKey(), newest);
                    }
                } catch (KrxException e) {
                    troubles.add(String.valueOf(e.getMessage()));
                    boolean mayCome = MissingSessions.isOfOneSession(e) || e.kind() == Kind.UNAVAILABLE;
                    late |= family.getKey() == IndexFamily.KOSPI && mayCome;
                }
            }
        }

        private void baseInformation() throws InterruptedException {
            List<ListedShare> shares = new ArrayList<>();
            for (KrxMarket market : client.markets()) {
                try {
                    shares.addAll(client.baseInformation(market, newest));
                } catch (KrxException e) {
                    troubles.add(String.valueOf(e.getMessage()));
                }
            }
            symbols.update(register -> withStored(register, newest).told(newest, shares));
        }

        /** An answer without the index that stands for all of it would be asked for again every day. */
        private void read(IndexFamily family, LocalDate session) throws KrxException, InterruptedException {
            List<IndexRow> levels = new ArrayList<>(client.indices(family, session));
            Set<String> names = levels.stream().map(IndexRow::name).collect(Collectors.toSet());
            String main = String.valueOf(FAMILIES.get(family));
            if (!names.contains(main)) {
                throw new KrxException(
                        Kind.MALFORMED, "KRX indices %s for %s: no row of %s".formatted(family, session, main));
            }
            indices.rows(session).stream()
                    .filter(row -> !names.contains(row.name()))
                    .forEach(levels::add);
            if (names.contains(Indices.KOSPI)) {
                correct();
            }
            indices.put(session, levels);
        }

        /**
         * Indicators that were computed without the index are due again. Counted before the change itself: who dies in between
         * leaves a run too many, not one too few.
         */
        private void correct() {
            if (!corrected && isComputed()) {
                market.corrected(newest);
                corrected = true;
            }
        }

        private boolean isComputed() {
            return market.coverage(newest)
                    .filter(Coverage::isOfficial)
                    .filter(coverage -> indicators
                            .revision(newest)
                            .filter(coverage.inputs()::equals)
                            .isPresent())
                    .isPresent();
        }

        private boolean isTooLate() {
            return DataCatchup.signalsWait(newest, calendar, time.now()) && isComputed();
        }

        JobResult beside(JobResult result) {
            troubles.forEach(trouble -> LOG.log(System.Logger.Level.WARNING, "{0}; left out", trouble));
            return switch (result) {
                case JobResult.Done done -> beside(done);
                case JobResult.Skipped skipped ->
                    new JobResult.Skipped(skipped.reason(), joined(skipped.lines()), skipped.followUps());
                case JobResult.Refused _, JobResult.AlreadyDone _, JobResult.Coalesced _, JobResult.Failed _ -> result;
            };
        }

        private JobResult beside(JobResult.Done done) {
            List<JobEvent> due = corrected
                    ? List.of(JobEvent.derived(
                            JobName.INDICATOR_CALCULATION,
                            newest,
                            market.coverage(newest).orElseThrow().inputs()))
                    : done.followUps();
            return late
                    ? new JobResult.Skipped(
                            done.reason() + "; the index is not there yet and is asked for again",
                            joined(done.lines()),
                            due)
                    : new JobResult.Done(done.reason(), done.statistics(), due, joined(done.lines()));
        }

        private List<String> joined(List<String> lines) {
            List<String> all = new ArrayList<>(lines);
            all.addAll(troubles);
            return all;
        }
    }

    private Set<String> names(LocalDate session) {
        return indices.rows(session).stream().map(IndexRow::name).collect(Collectors.toSet());
    }

    /**
     * Writes the official rows that are stored up to the session into the life of their symbols, as far as they are not there
     * yet, with the base information of the session, and stores its indices: what the Exchange gives of them. Doing it again
     * changes nothing.
     *
     * @return what could not be had, one line each
     */
    public List<String> collect(LocalDate session) throws InterruptedException {
        Reading reading = new Reading(session);
        reading.newest();
        return reading.troubles;
    }

    /** History may come before the first run here, or later: then older sessions are stored than the register knows. */
    private SymbolRegister withStored(SymbolRegister register, LocalDate session) {
        LocalDate first = market.firstStored().orElse(session);
        Optional<LocalDate> oldest = register.oldest();
        Optional<LocalDate> newest = register.newest().values().stream().max(Comparator.naturalOrder());
        if (oldest.isEmpty() || newest.isEmpty()) {
            return withStored(register, first, session);
        }
        SymbolRegister older = withStored(register, first, oldest.get().minusDays(1));
        return withStored(older, newest.get().plusDays(1), session);
    }

    private SymbolRegister withStored(SymbolRegister register, LocalDate from, LocalDate to) {
        List<LocalDate> sessions = market.coverage(from, to).stream()
                .filter(Coverage::isOfficial)
                .map(Coverage::session)
                .toList();
        SymbolRegister all = register;
        for (int at = 0; at < sessions.size(); at += SESSIONS_AT_ONCE) {
            for (MarketDay day : market.days(sessions.subList(at, Math.min(sessions.size(), at + SESSIONS_AT_ONCE)))) {
                all = all.seen(day.session(), day.rows());
            }
        }
        return all;
    }
}
