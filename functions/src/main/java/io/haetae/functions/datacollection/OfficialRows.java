package io.haetae.functions.datacollection;

import io.haetae.calendar.TradingCalendar;
import io.haetae.krx.DailyTrades;
import io.haetae.krx.KrxClient;
import io.haetae.krx.KrxException;
import io.haetae.krx.KrxException.Kind;
import io.haetae.market.Adjustment;
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

/** The Exchange's rows of a session, all markets: fetched whole, held against the session before, stored whole. */
final class OfficialRows {

    /** Per cent of the previous complete session's rows, in each market. */
    static final int LEAST_PERCENT = 95;

    /** Longer than any stretch without a session. */
    private static final int DAYS_TO_NEXT = 45;

    private final KrxClient client;
    private final MarketData market;
    private final TradingCalendar calendar;
    private Optional<MarketDay> newestStored = Optional.empty();

    OfficialRows(KrxClient client, MarketData market, TradingCalendar calendar) {
        this.client = client;
        this.market = market;
        this.calendar = calendar;
    }

    /**
     * Asks the Exchange; stores nothing. One market may have no rows: whether it ought to have some, the session it is held
     * against will tell.
     */
    Fetched fetch(LocalDate session) throws KrxException, InterruptedException {
        List<DailyRow> rows = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        KrxException none = null;
        for (KrxMarket one : client.markets()) {
            try {
                DailyTrades trades = client.dailyTrades(one, session);
                rows.addAll(trades.rows());
                trades.dropped().forEach(reason -> dropped.add("left out: " + reason));
            } catch (KrxException e) {
                if (e.kind() != Kind.NOT_PUBLISHED) {
                    throw e;
                }
                none = e;
            }
        }
        if (rows.isEmpty() && none != null) {
            throw none;
        }
        return new Fetched(rows, dropped);
    }

    /**
     * What the Exchange answered.
     *
     * @param dropped of rows that cannot be: why each was left out
     */
    record Fetched(List<DailyRow> rows, List<String> dropped) {}

    /** The revision that rows would have. */
    static String revision(LocalDate session, List<DailyRow> rows) throws KrxException {
        return day(session, rows).revision();
    }

    /**
     * Puts fetched rows in force.
     *
     * @throws KrxException when a market has far fewer rows than in the session before; nothing is stored then
     */
    Coverage store(LocalDate session, Fetched fetched, Instant fetchedAt) throws KrxException {
        List<DailyRow> rows = fetched.rows();
        Optional<MarketDay> before = completeBefore(session);
        if (before.isPresent()) {
            check(session, rows, before.get().session(), before.get().rows());
        }
        MarketDay day = day(session, rows);
        Optional<List<Adjustment>> breaks =
                before.filter(found -> follows(found.session(), session)).map(found -> Adjustment.between(found, day));
        Coverage coverage = market.put(new MarketData.Intake(
                day, before.map(found -> found.rows().size()).orElse(0), true, fetchedAt, breaks, fetched.dropped()));
        newestStored = Optional.of(day);
        adjustNext(day);
        return coverage;
    }

    private boolean follows(LocalDate earlier, LocalDate session) {
        return calendar.previous(session).date().equals(earlier);
    }

    /** Rows that come late tell what the session after them could not know when it was stored. */
    private void adjustNext(MarketDay day) {
        LocalDate session = day.session();
        Optional<LocalDate> next = market.coverage(session.plusDays(1), session.plusDays(DAYS_TO_NEXT)).stream()
                .map(Coverage::session)
                .findFirst()
                .filter(after -> follows(session, after));
        next.flatMap(market::day)
                .ifPresent(after -> market.putAdjustments(after.session(), Adjustment.between(day, after)));
    }

    private static MarketDay day(LocalDate session, List<DailyRow> rows) throws KrxException {
        try {
            return MarketDay.of(session, PriceSource.OFFICIAL, rows);
        } catch (IllegalArgumentException e) {
            throw new KrxException(Kind.MALFORMED, "KRX rows of all markets: " + e.getMessage(), e);
        }
    }

    /**
     * Holds rows against those of a session nearby.
     *
     * @throws KrxException when a market has too few
     */
    void check(LocalDate session, List<DailyRow> rows, LocalDate other, List<DailyRow> otherRows) throws KrxException {
        Map<KrxMarket, Integer> now = count(rows);
        for (Map.Entry<KrxMarket, Integer> nearby : count(otherRows).entrySet()) {
            int had = nearby.getValue();
            int have = now.getOrDefault(nearby.getKey(), 0);
            if (client.markets().contains(nearby.getKey()) && have * 100L < (long) had * LEAST_PERCENT) {
                throw new KrxException(
                        have == 0 ? Kind.NOT_PUBLISHED : Kind.MALFORMED,
                        "KRX rows of %s for %s: %d, less than %d %% of the %d of %s; nothing of them is stored"
                                .formatted(nearby.getKey(), session, have, LEAST_PERCENT, had, other));
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
        Optional<Coverage> before = market.completeBefore(session);
        return before.isPresent()
                        && newestStored
                                .filter(known -> known.session()
                                                .equals(before.get().session())
                                        && known.revision().equals(before.get().revision()))
                                .isPresent()
                ? newestStored
                : before.map(Coverage::session).flatMap(market::day);
    }
}
