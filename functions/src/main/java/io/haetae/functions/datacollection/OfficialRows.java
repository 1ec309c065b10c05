package io.haetae.functions.datacollection;

import io.haetae.krx.KrxClient;
import io.haetae.krx.KrxException;
import io.haetae.krx.KrxException.Kind;
import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Exchange's rows of a session, both markets: fetched whole, held against the session before, stored whole. */
final class OfficialRows {

    /** What the jobs need; KONEX is not traded here. */
    private static final List<KrxMarket> MARKETS = List.of(KrxMarket.KOSPI, KrxMarket.KOSDAQ);

    /** Per cent of the previous complete session's rows, in each market. */
    static final int LEAST_PERCENT = 95;

    /** Calendar days looked back for the previous complete session. */
    private static final int LOOK_BACK_DAYS = 30;

    private final KrxClient client;
    private final MarketData market;
    private Optional<MarketDay> newestStored = Optional.empty();

    OfficialRows(KrxClient client, MarketData market) {
        this.client = client;
        this.market = market;
    }

    /** Asks the Exchange; stores nothing. */
    List<DailyRow> fetch(LocalDate session) throws KrxException, InterruptedException {
        List<DailyRow> rows = new ArrayList<>();
        for (KrxMarket one : MARKETS) {
            rows.addAll(client.dailyTrades(one, session));
        }
        return rows;
    }

    /**
     * Puts fetched rows in force.
     *
     * @throws KrxException when a market has far fewer rows than in the session before; nothing is stored then
     */
    Coverage store(LocalDate session, List<DailyRow> rows, Instant fetchedAt) throws KrxException {
        Optional<MarketDay> before = completeBefore(session);
        if (before.isPresent()) {
            check(session, rows, before.get());
        }
        MarketDay day = day(session, rows);
        int expected = before.map(previous -> previous.rows().size()).orElse(0);
        Coverage coverage = market.put(day, expected, true, fetchedAt);
        newestStored = Optional.of(day);
        return coverage;
    }

    private static MarketDay day(LocalDate session, List<DailyRow> rows) throws KrxException {
        try {
            return MarketDay.of(session, PriceSource.OFFICIAL, rows);
        } catch (IllegalArgumentException e) {
            throw new KrxException(Kind.MALFORMED, "KRX rows of both markets: " + e.getMessage(), e);
        }
    }

    private static void check(LocalDate session, List<DailyRow> rows, MarketDay before) throws KrxException {
        Map<KrxMarket, Integer> now = count(rows);
        for (Map.Entry<KrxMarket, Integer> previous : count(before.rows()).entrySet()) {
            int had = previous.getValue();
            int have = now.getOrDefault(previous.getKey(), 0);
            if (MARKETS.contains(previous.getKey()) && have * 100L < (long) had * LEAST_PERCENT) {
                throw new KrxException(
                        Kind.MALFORMED,
                        "KRX rows of %s for %s: %d, less than %d %% of the %d of %s"
                                .formatted(previous.getKey(), session, have, LEAST_PERCENT, had, before.session()));
            }
        }
    }

    private static Map<KrxMarket, Integer> count(List<DailyRow> rows) {
        Map<KrxMarket, Integer> counts = new EnumMap<>(KrxMarket.class);
        for (DailyRow row : rows) {
            counts.merge(row.market(), 1, Integer::sum);
        }
        return counts;
    }

    private Optional<MarketDay> completeBefore(LocalDate session) {
        Optional<LocalDate> newest =
                market.coverage(session.minusDays(LOOK_BACK_DAYS), session.minusDays(1)).reversed().stream()
                        .filter(Coverage::complete)
                        .map(Coverage::session)
                        .findFirst();
        if (newest.isPresent() && newestStored.map(MarketDay::session).equals(newest)) {
            return newestStored;
        }
        return newest.flatMap(market::day);
    }
}
