package io.haetae.local.kis;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.local.market.Moment;
import io.haetae.local.market.SimulatedMarket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Lets the day's prices fill orders. An order trades at most a tenth of what the market trades at prices that suit it: on its
 * first look at the price that stands, in the opening auction at the open, later at its own limit. Each minute is looked at
 * once and in turn, so that what an order trades does not hang on when somebody asks.
 */
final class KisMatching {

    private static final Duration STEP = Duration.ofMinutes(1);
    private static final long SHARE = 10;

    private final SimulatedMarket market;
    private final TradingCalendar calendar;
    private final KisState state;
    private final KisLedger ledger;

    KisMatching(SimulatedMarket market, TradingCalendar calendar, KisState state, KisLedger ledger) {
        this.market = market;
        this.calendar = calendar;
        this.state = state;
        this.ledger = ledger;
    }

    /** True when something traded. */
    boolean advance(Instant now) {
        boolean traded = false;
        for (KisState.Working order : state.working) {
            if (order.left() > 0) {
                traded |= advance(order, now);
            }
        }
        return traded;
    }

    private boolean advance(KisState.Working order, Instant now) {
        Session session = session(order);
        Instant placed = Instant.ofEpochMilli(order.placedAt).truncatedTo(ChronoUnit.MINUTES);
        Instant first = placed.isBefore(session.open()) ? session.open() : placed;
        Instant until = now.isBefore(session.close()) ? now : session.close();
        Instant at = order.lookedAt == 0
                ? first
                : Instant.ofEpochMilli(order.lookedAt).plus(STEP);
        boolean traded = false;
        while (!at.isAfter(until) && order.left() > 0) {
            traded |= look(order, session, at, at.equals(first));
            order.lookedAt = at.toEpochMilli();
            at = at.plus(STEP);
        }
        return traded;
    }

    private boolean look(KisState.Working order, Session session, Instant at, boolean first) {
        Optional<Moment> found = market.at(at, order.symbol);
        if (found.isEmpty() || found.get().open() == 0 || found.get().halted()) {
            return false;
        }
        long last = found.get().last();
        boolean suits = order.market || (order.buy ? last <= order.price : last >= order.price);
        if (!suits) {
            return false;
        }
        long before = at.equals(session.open())
                ? 0
                : market.at(at.minus(STEP), order.symbol).map(Moment::volume).orElse(0L);
        order.reach += found.get().volume() - before;
        long part = Math.min(order.left(), order.reach / SHARE - order.filled);
        if (part <= 0) {
            return false;
        }
        ledger.trade(order, part, order.market || first ? last : order.price, at);
        return true;
    }

    Session session(KisState.Working order) {
        return calendar.session(LocalDate.parse(order.date, DateTimeFormatter.BASIC_ISO_DATE))
                .orElseThrow();
    }

    boolean isWorking(KisState.Working order, Instant now) {
        return order.left() > 0 && now.isBefore(session(order).close());
    }
}
