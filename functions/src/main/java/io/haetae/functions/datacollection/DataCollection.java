package io.haetae.functions.datacollection;

import io.haetae.calendar.CalendarCheck;
import io.haetae.calendar.CalendarChecks;
import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.kis.KisClient;
import io.haetae.kis.KisException;
import io.haetae.kis.KisPrice;
import io.haetae.market.Adjustment;
import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.market.SymbolLife;
import io.haetae.market.SymbolRegister;
import io.haetae.market.SymbolRegisters;
import io.haetae.market.TradingStatuses;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * After the close: the session's prices from the broker, for the Exchange publishes its own only the next morning. They are
 * provisional, of the symbols listed the session before and of those whose base information says that they are listed by now.
 */
public final class DataCollection implements JobBody {

    /** How far back the Exchange's own rows are looked for that name every listed share. */
    private static final int LOOK_BACK_DAYS = 45;

    private final Optional<BrokerPrices> broker;
    private final MarketData market;
    private final SymbolRegisters symbols;
    private final TradingStatuses statuses;
    private final TradingCalendar calendar;
    private final CalendarCheck check;
    private final TimeSource time;

    /**
     * @param kis empty when no keys are configured
     * @param callsPerSecond this function's share of the broker's rate
     */
    public DataCollection(
            Optional<KisClient> kis,
            BigDecimal callsPerSecond,
            MarketData market,
            SymbolRegisters symbols,
            TradingStatuses statuses,
            TradingCalendar calendar,
            CalendarChecks checks,
            TimeSource time) {
        this.broker = BrokerPrices.of(kis, callsPerSecond, time);
        this.market = market;
        this.symbols = symbols;
        this.statuses = statuses;
        this.calendar = calendar;
        this.check = new CalendarCheck(calendar, checks);
        this.time = time;
    }

    @Override
    public JobResult run(Run run) throws KisException, InterruptedException {
        if (broker.isEmpty()) {
            return new JobResult.Skipped("official rows due 08:10");
        }
        LocalDate session = run.session();
        Optional<JobResult> notNow = notNow(session, time.now());
        if (notNow.isPresent()) {
            return notNow.get();
        }
        // On a day without a session the broker goes on quoting the one before.
        Optional<String> dispute = check.priceRefusal(session);
        if (dispute.isPresent()) {
            return new JobResult.Refused(dispute.get());
        }
        Optional<Coverage> inForce = market.coverage(session);
        if (inForce.isPresent() && inForce.get().source() == PriceSource.OFFICIAL) {
            return new JobResult.Skipped("official rows of " + session + " are in force");
        }
        Optional<MarketDay> before =
                market.completeBefore(session).map(Coverage::session).flatMap(market::day);
        if (before.isEmpty()) {
            return new JobResult.Refused("no complete session before " + session + " is stored: backfill first");
        }
        SortedMap<String, DailyRow> listed = listed(session, before.get());
        BrokerPrices.Sweep sweep = broker.get().sweep(List.copyOf(listed.keySet()), run.deadline());
        return store(session, before.get(), listed, sweep);
    }

    /** By symbol: of the session before, and of the Exchange's newest rows when the broker left some out then. */
    private SortedMap<String, DailyRow> listed(LocalDate session, MarketDay before) {
        SortedMap<String, DailyRow> listed = new TreeMap<>();
        if (before.source() == PriceSource.PROVISIONAL) {
            market.coverage(session.minusDays(LOOK_BACK_DAYS), before.session()).reversed().stream()
                    .filter(Coverage::isOfficial)
                    .findFirst()
                    .map(Coverage::session)
                    .flatMap(market::day)
                    .ifPresent(day -> day.rows().forEach(row -> listed.put(row.symbol(), row)));
        }
        before.rows().forEach(row -> listed.put(row.symbol(), row));
        SymbolRegister register = symbols.read();
        for (String symbol : register.askable(session, calendar)) {
            register.life(symbol).flatMap(DataCollection::unseen).ifPresent(row -> listed.putIfAbsent(symbol, row));
        }
        return listed;
    }

    /** Of a share that no official rows had yet: what its base information says. */
    private static Optional<DailyRow> unseen(SymbolLife life) {
        return life.lastSeen().isPresent()
                ? Optional.empty()
                : life.market().map(market -> new DailyRow(life.symbol(), life.name(), market, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    /** The broker quotes the moment: only between a session's close and the next date are these the session's prices. */
    private Optional<JobResult> notNow(LocalDate session, Instant now) {
        Optional<Session> known = calendar.session(session);
        if (known.isEmpty()) {
            return Optional.of(new JobResult.Skipped("no session on " + session));
        }
        if (now.isBefore(known.get().close())) {
            return Optional.of(new JobResult.Refused("the session of " + session + " has not closed"));
        }
        boolean newer = !calendar.sessionsBetween(session.plusDays(1), calendar.dateAt(now))
                .isEmpty();
        return newer
                ? Optional.of(new JobResult.Skipped("the broker no longer quotes the prices of " + session
                        + "; official rows come with data_catchup"))
                : Optional.empty();
    }

    private JobResult store(
            LocalDate session, MarketDay before, SortedMap<String, DailyRow> listed, BrokerPrices.Sweep sweep) {
        List<DailyRow> rows = rows(listed, sweep.prices());
        int expected = before.rows().size();
        boolean complete = rows.size() * 100L >= (long) expected * OfficialRows.LEAST_PERCENT;
        MarketDay day = MarketDay.of(session, PriceSource.PROVISIONAL, rows);
        Optional<List<Adjustment>> breaks = calendar.previous(session).date().equals(before.session())
                ? Optional.of(Adjustment.between(before, day))
                : Optional.empty();
        market.put(new MarketData.Intake(day, expected, complete, time.now(), breaks, List.of()));
        if (!complete) {
            return new JobResult.Refused(
                    "COVERAGE limit=%d %% actual=%d %%: %d of %d rows of %s, %d skipped, %d not asked in time"
                            .formatted(
                                    OfficialRows.LEAST_PERCENT,
                                    rows.size() * 100L / Math.max(expected, 1),
                                    rows.size(),
                                    expected,
                                    session,
                                    listed.size() - rows.size() - sweep.unasked(),
                                    sweep.unasked()));
        }
        List<Fundamentals> fundamentals = sweep.fundamentals();
        if (!fundamentals.isEmpty()) {
            market.putFundamentals(session, fundamentals);
        }
        statuses.put(session, sweep.statuses());
        long skipped = listed.size() - rows.size();
        Coverage coverage = market.coverage(session).orElseThrow();
        return new JobResult.Done(
                "%d provisional rows of %s, %d fundamentals%s"
                        .formatted(
                                rows.size(),
                                session,
                                fundamentals.size(),
                                skipped == 0 ? "" : ", " + skipped + " symbols skipped"),
                Map.of("rows", (long) rows.size(), "fundamentals", (long) fundamentals.size(), "skipped", skipped),
                List.of(JobEvent.derived(JobName.INDICATOR_CALCULATION, session, coverage.inputs())),
                List.of());
    }

    private static List<DailyRow> rows(Map<String, DailyRow> listed, List<KisPrice> prices) {
        List<DailyRow> rows = new ArrayList<>(prices.size());
        for (KisPrice price : prices) {
            Optional.ofNullable(listed.get(price.symbol()))
                    .flatMap(share -> row(share, price))
                    .ifPresent(rows::add);
        }
        return rows;
    }

    /** Empty without a price or a base. */
    private static Optional<DailyRow> row(DailyRow listed, KisPrice price) {
        Long last = price.last();
        Long base = price.base();
        if (last == null || base == null) {
            return Optional.empty();
        }
        boolean traded = price.volume() > 0;
        return Optional.of(new DailyRow(
                listed.symbol(),
                listed.name(),
                listed.market(),
                traded ? orZero(price.open()) : 0,
                traded ? orZero(price.high()) : 0,
                traded ? orZero(price.low()) : 0,
                last,
                last - base,
                price.volume(),
                price.value(),
                orZero(price.shares())));
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
