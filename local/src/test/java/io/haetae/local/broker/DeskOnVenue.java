package io.haetae.local.broker;

import io.haetae.job.Fence;
import io.haetae.job.JobName;
import io.haetae.job.Leases;
import io.haetae.job.Run;
import io.haetae.job.Slot;
import io.haetae.order.AdvanceReport;
import io.haetae.order.DayLimits;
import io.haetae.order.DeskResult;
import io.haetae.order.EntryRequest;
import io.haetae.order.ExitRequest;
import io.haetae.order.ExitRule;
import io.haetae.order.ExitTerms;
import io.haetae.order.Order;
import io.haetae.order.OrderDesk;
import io.haetae.order.OrderStore;
import io.haetae.order.OrderType;
import io.haetae.order.Side;
import io.haetae.order.Validity;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Portfolios;
import io.haetae.portfolio.Position;
import io.haetae.risk.Armings;
import io.haetae.risk.TradingState;
import io.haetae.store.Action;
import io.haetae.store.AdoptionMapper;
import io.haetae.store.ArmingMapper;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MemoryStore;
import io.haetae.store.OrderMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import io.haetae.store.StoreUnavailableException;
import io.haetae.store.TradingStateMapper;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Journal, books and desk over a venue's broker; every call is of a new process. */
final class DeskOnVenue {

    private static final BigDecimal AMPLE = BigDecimal.valueOf(1_000_000_000);

    private final VenueUnderTest venue;
    private final Store store = new MemoryStore();
    private final OrderStore orders = new OrderMapper(store);
    private final Portfolios portfolios = new PortfolioMapper(store);
    private final Armings armings = new ArmingMapper(store);
    private final Fence fence;

    /** @param capital of the book; what the venue's account has */
    DeskOnVenue(VenueUnderTest venue, BigDecimal capital) {
        this.venue = venue;
        this.fence =
                new Fence(Leases.name(JobName.SIGNAL_GENERATION, venue.account().mode(), Optional.of("someone")), 7);
        var _ = portfolios.open(venue.account(), capital);
        if (venue.account().mode() == Mode.LIVE) {
            Instant now = venue.time().now();
            var _ = armings.arm(venue.account(), "kim", "to try the desk", now, now.plus(Duration.ofDays(1)), AMPLE);
        }
        var _ = store.commit(List.of(Action.put(Item.at(Key.state(fence.lease(), Leases.SORT))
                .with(Leases.FENCE, fence.number())
                .build())));
    }

    /** The one decision to buy. What the store of a broker does not answer ends the run, as in a job. */
    Optional<DeskResult> buy(BigDecimal quantity, BigDecimal limit) throws InterruptedException {
        Validity day = venue.validity();
        EntryRequest request = new EntryRequest(
                venue.account(),
                venue.session(),
                "momentum",
                venue.instrument(),
                "the day before",
                OrderType.LIMIT,
                limit,
                quantity,
                BigDecimal.ONE,
                limit.multiply(quantity).multiply(new BigDecimal("1.05")),
                new Validity(day.opens(), day.ends(), day.ends()),
                new DayLimits(20, AMPLE, 5, AMPLE),
                new ExitTerms(BigDecimal.TEN, null, null),
                "wanted");
        try {
            return Optional.of(desk().enter(request, run()));
        } catch (StoreUnavailableException _) {
            return Optional.empty();
        }
    }

    DeskResult sell(ExitRule rule, BigDecimal quantity, BigDecimal price) throws InterruptedException {
        OrderType type = rule == ExitRule.TAKE_PROFIT ? OrderType.LIMIT : OrderType.MARKET;
        Validity day = venue.validity();
        return desk().exit(
                        new ExitRequest(
                                venue.session(),
                                position(),
                                rule,
                                type,
                                price,
                                quantity,
                                BigDecimal.ONE,
                                new Validity(day.opens(), day.ends(), day.ends()),
                                rule.text()),
                        run());
    }

    AdvanceReport advance() throws InterruptedException {
        return desk().advance(venue.account(), run());
    }

    void halt() {
        var _ = new TradingStateMapper(store)
                .raise(
                        venue.account(),
                        TradingState.HALTED,
                        "risk_checks",
                        "a limit",
                        venue.time().now());
    }

    /** Until a reconciler may judge what was just sent. */
    void waitUntilJudged(Order order) {
        Instant judged = Objects.requireNonNull(order.sendBy())
                .plus(venue.broker().traits().callTimeout())
                .plus(venue.broker().traits().lag())
                .plusSeconds(1);
        venue.time().advanceTo(judged);
    }

    /** The only purchase. */
    Order bought() {
        List<Order> purchases = orders.ofSession(venue.account(), venue.session()).stream()
                .filter(order -> order.side() == Side.BUY)
                .toList();
        if (purchases.size() != 1) {
            throw new AssertionError("expected one purchase, found " + purchases);
        }
        return purchases.getFirst();
    }

    List<Order> orders() {
        return orders.ofSession(venue.account(), venue.session());
    }

    Position position() {
        return portfolios.position(venue.account(), venue.instrument()).orElseThrow();
    }

    Cash cash() {
        return portfolios.cash(venue.account()).orElseThrow();
    }

    private OrderDesk desk() {
        return new OrderDesk(
                orders,
                portfolios,
                new TradingStateMapper(store),
                armings,
                new AdoptionMapper(store),
                venue.broker(),
                venue.time());
    }

    private Run run() {
        AccountId account = venue.account();
        Slot slot = new Slot(
                JobName.SIGNAL_GENERATION, venue.session().toString(), "", account.mode(), Optional.of("someone"));
        Instant now = venue.time().now();
        return new Run(slot, venue.session(), fence, now, now.plus(Duration.ofMinutes(5)), false, true);
    }
}
