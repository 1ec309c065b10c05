package io.haetae.market;

import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;

/** How shares were marked when a session's figures were collected. */
public interface TradingStatuses {

    /** Keeps the marks of a session in place of what is kept. A share that bears none is left out. */
    void put(LocalDate session, Map<String, TradingStatus> marked);

    /** By symbol; a share without an entry bears no mark that is known, as do all when nothing was collected. */
    SortedMap<String, TradingStatus> of(LocalDate session);
}
