package io.haetae.functions.datacollection;

import io.haetae.krx.IndexFamily;
import io.haetae.krx.KrxClient;
import io.haetae.krx.KrxException;
import io.haetae.market.DailyRow;
import io.haetae.market.IndexRow;
import io.haetae.market.Indices;
import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import io.haetae.market.SymbolRegisters;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands beside a session's prices: base information and indices, four calls with the Exchange's two main markets. Prices do
 * not wait for it: a feed that gives nothing is told and left out.
 */
public final class ReferenceData {

    private static final List<IndexFamily> FAMILIES = List.of(IndexFamily.KOSPI, IndexFamily.KOSDAQ);

    private final KrxClient client;
    private final SymbolRegisters symbols;
    private final Indices indices;

    public ReferenceData(KrxClient client, SymbolRegisters symbols, Indices indices) {
        this.client = client;
        this.symbols = symbols;
        this.indices = indices;
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
