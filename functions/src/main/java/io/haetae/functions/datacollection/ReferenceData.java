package io.haetae.functions.datacollection;

import io.haetae.job.JobBody;
import io.haetae.job.JobResult;
import io.haetae.krx.IndexFamily;
import io.haetae.krx.KrxClient;
import io.haetae.krx.KrxException;
import io.haetae.market.Coverage;
import io.haetae.market.IndexRow;
import io.haetae.market.Indices;
import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.market.SymbolRegister;
import io.haetae.market.SymbolRegisters;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** A feed that fails so often fails for all. */
    private static final int TROUBLES_A_RUN = 3;

    private static final List<IndexFamily> FAMILIES = List.of(IndexFamily.KOSPI, IndexFamily.KOSDAQ);

    private final KrxClient client;
    private final SymbolRegisters symbols;
    private final Indices indices;
    private final MarketData market;

    public ReferenceData(KrxClient client, SymbolRegisters symbols, Indices indices, MarketData market) {
        this.client = client;
        this.symbols = symbols;
        this.indices = indices;
        this.market = market;
    }

    /**
     * First the index of stored sessions that have none, then the body, and after it what stands beside the official rows that
     * it left in force, once a session. The result is the body's; what could not be had is told beside it.
     */
    public JobBody following(JobBody body) {
        return run -> {
            List<String> troubles = collectIndex(run.session());
            JobResult result = body.run(run);
            return switch (result) {
                case JobResult.Done done ->
                    new JobResult.Done(
                            done.reason(),
                            done.statistics(),
                            done.followUps(),
                            joined(done.lines(), besides(run.session(), troubles)));
                case JobResult.Skipped skipped ->
                    new JobResult.Skipped(skipped.reason(), joined(skipped.lines(), besides(run.session(), troubles)));
                case JobResult.Refused _, JobResult.AlreadyDone _, JobResult.Coalesced _, JobResult.Failed _ -> result;
            };
        };
    }

    private List<String> besides(LocalDate session, List<String> before) throws InterruptedException {
        List<String> troubles = new ArrayList<>(before);
        boolean official = market.coverage(session).filter(Coverage::isOfficial).isPresent();
        if (official && indices.rows(session).isEmpty()) {
            troubles.addAll(collect(session));
        }
        troubles.forEach(trouble -> LOG.log(System.Logger.Level.WARNING, "{0}; left out", trouble));
        return troubles;
    }

    /**
     * Beta wants the index of every session that has rows: those of a backfill or of a gap filled later have none. A run that
     * dies is taken up where it was, and ends with the same.
     */
    private List<String> collectIndex(LocalDate newest) throws InterruptedException {
        LocalDate oldest = market.firstStored().orElse(newest);
        Set<LocalDate> known = indices.closes(Indices.KOSPI, oldest, newest).keySet();
        List<LocalDate> missing = market.coverage(oldest, newest).reversed().stream()
                .limit(INDICES)
                .filter(Coverage::isOfficial)
                .map(Coverage::session)
                .filter(session -> !known.contains(session))
                .toList();
        List<String> troubles = new ArrayList<>();
        for (LocalDate session : missing) {
            try {
                List<IndexRow> levels = new ArrayList<>(client.indices(IndexFamily.KOSPI, session));
                indices.rows(session).stream()
                        .filter(row ->
                                levels.stream().noneMatch(level -> level.name().equals(row.name())))
                        .forEach(levels::add);
                indices.put(session, levels);
            } catch (KrxException e) {
                troubles.add(String.valueOf(e.getMessage()));
                if (!MissingSessions.isOfOneSession(e) || troubles.size() == TROUBLES_A_RUN) {
                    return troubles;
                }
            }
        }
        return troubles;
    }

    private static List<String> joined(List<String> lines, List<String> troubles) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(troubles);
        return all;
    }

    /**
     * Writes the official rows that are stored up to the session into the life of their symbols, as far as they are not there
     * yet, with the base information of the session, and stores its indices: what the Exchange gives of them. Doing it again
     * changes nothing.
     *
     * @return what could not be had, one line each
     */
    public List<String> collect(LocalDate session) throws InterruptedException {
        List<String> troubles = new ArrayList<>();
        List<ListedShare> shares = new ArrayList<>();
        for (KrxMarket market : client.markets()) {
            try {
                shares.addAll(client.baseInformation(market, session));
            } catch (KrxException e) {
                troubles.add(String.valueOf(e.getMessage()));
            }
        }
        symbols.update(register -> withStored(register, session).told(session, shares));
        List<IndexRow> levels = new ArrayList<>();
        for (IndexFamily family : FAMILIES) {
            try {
                levels.addAll(client.indices(family, session));
            } catch (KrxException e) {
                troubles.add(String.valueOf(e.getMessage()));
            }
        }
        if (!levels.isEmpty()) {
            indices.put(session, levels);
        }
        return troubles;
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
