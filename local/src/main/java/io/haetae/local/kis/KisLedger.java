package io.haetae.local.kis;

import io.haetae.calendar.TradingCalendar;
import io.haetae.local.market.Listing;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.market.KrxCosts;
import io.haetae.market.KrxMarket;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cash and holdings of the simulated account: what a trade moves, what it costs, and when it is paid. */
final class KisLedger {

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

    private final SimulatedMarket market;
    private final TradingCalendar calendar;
    private final KrxCosts costs;
    private final KisState state;

    KisLedger(SimulatedMarket market, TradingCalendar calendar, KisState state) {
        this.market = market;
        this.calendar = calendar;
        this.costs = new KrxCosts(calendar);
        this.state = state;
    }

    /** Books a trade; commission and tax are counted on all the order traded, fractions of a won dropped once. */
    void trade(KisState.Working order, long quantity, long price, Instant at) {
        long amount = quantity * price;
        long charges = charges(order, order.amount + amount);
        long costs = charges - order.charges;
        KisState.Holding holding = state.holdings.computeIfAbsent(order.symbol, _ -> new KisState.Holding());
        if (order.buy) {
            holding.quantity += quantity;
            holding.cost += amount;
            move(order.date, -amount - costs);
        } else {
            holding.cost -= holding.quantity == 0 ? 0 : holding.cost * quantity / holding.quantity;
            holding.quantity -= quantity;
            holding.lastSold = order.date;
            move(order.date, amount - costs);
        }
        order.filled += quantity;
        order.amount += amount;
        order.charges = charges;
        order.informed = CLOCK.format(at.atZone(calendar.zone()));
    }

    private void move(String date, long won) {
        state.cash += won;
        state.moved.merge(date, won, Long::sum);
    }

    private long charges(KisState.Working order, long amount) {
        KrxMarket listed = market.listing(order.symbol).map(Listing::market).orElse(KrxMarket.KOSPI);
        long tax = order.buy ? 0 : costs.sellTax(LocalDate.parse(order.date, DATE), listed, amount);
        return costs.commission(amount) + tax;
    }

    /** What buying for that amount takes out of the account. */
    long withCommission(long amount) {
        return amount + costs.commission(amount);
    }

    /**
     * The deposit, as it stands when that many settlements are still to come: two today, one tomorrow, none the day after.
     *
     * @param today a session or a day after one
     */
    long deposit(LocalDate today, int unsettled) {
        long deposit = state.cash;
        for (String session : lastSessions(today, unsettled)) {
            deposit -= state.moved.getOrDefault(session, 0L);
        }
        return deposit;
    }

    /** Whether a row of what was sold stands in the balance until the sale is settled. */
    boolean isSettling(KisState.Holding holding, LocalDate today) {
        return lastSessions(today, 2).contains(holding.lastSold);
    }

    private List<String> lastSessions(LocalDate today, int count) {
        List<String> sessions = new ArrayList<>();
        LocalDate next = today.plusDays(1);
        for (int i = 0; i < count; i++) {
            next = calendar.previous(next).date();
            sessions.add(DATE.format(next));
        }
        return sessions;
    }
}
