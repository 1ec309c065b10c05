package io.haetae.functions.datacollection;

import io.haetae.job.JobBody;
import io.haetae.job.JobResult;
import io.haetae.krx.IndexFamily;
import io.haetae.krx.KrxClient;
import io.haetae.krx.KrxException;
import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.IndexRow;
import io.haetae.market.Indices;
import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.market.SymbolRegisters;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands beside a session's prices: base information and indices, four calls with the Exchange's two main markets. Prices do
 * not wait for it: a feed that gives nothing is told and left out.
 */
public final class ReferenceData {

    private static final System.Logger LOG = System.getLogger(ReferenceData.class.getName());

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
     * The body, and after it what stands beside the official rows that it left in force, once a session. The result is the
     * body's; what could not be had is told beside it, and tried again with the job's next run.
     */
    public JobBody following(JobBody body) {
        return run -> {
            JobResult result = body.run(run);
            LocalDate session = run.session();
            boolean official =
                    market.coverage(session).filter(Coverage::isOfficial).isPresent();
            if (!official || !indices.rows(session).isEmpty()) {
                return result;
            }
            List<String> troubles =
                    collect(session, market.day(session).map(MarketDay::rows).orElse(List.of()));
            troubles.forEach(trouble -> LOG.log(System.Logger.Level.WARNING, "{0}; left out", trouble));
            return switch (result) {
                case JobResult.Done done ->
                    new JobResult.Done(
                            done.reason(), done.statistics(), done.followUps(), joined(done.lines(), troubles));
                case JobResult.Skipped skipped ->
                    new JobResult.Skipped(skipped.reason(), joined(skipped.lines(), troubles));
                case JobResult.Refused _, JobResult.AlreadyDone _, JobResult.Coalesced _, JobResult.Failed _ -> result;
            };
        };
    }

    private static List<String> joined(List<String> lines, List<String> troubles) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(troubles);
        return all;
    }

    /**
     * Writes the session into the life of its symbols, with the base information of the day, and stores the indices: what the
     * Exchange gives of them. Doing it again changes nothing.
     *
     * @param rows the official rows of the session
     * @return what could not be had, one line each
     */
    public List<String> collect(LocalDate session, List<DailyRow> rows) throws InterruptedException {
        List<String> troubles = new ArrayList<>();
        List<ListedShare> shares = new ArrayList<>();
        for (KrxMarket market : client.markets()) {
            try {
                shares.addAll(client.baseInformation(market, session));
            } catch (KrxException e) {
                troubles.add(String.valueOf(e.getMessage()));
            }
        }
        symbols.update(register -> register.seen(session, rows).told(session, shares));
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
}
