package io.haetae.order;

import io.haetae.event.DomainEvent;
import io.haetae.job.Run;
import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Portfolios;
import io.haetae.portfolio.Position;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds our books against the broker's, which win: shares and cash that people moved, or that the broker moved itself.
 * What differs is corrected once, with an event; the same reading again changes nothing. Where something of ours is still
 * under way, or was booked so lately that the broker's books may not show it yet, nothing is concluded.
 */
public final class AccountComparison {

    private final OrderStore orders;
    private final Portfolios portfolios;
    private final Adoptions adoptions;
    private final TimeSource time;

    public AccountComparison(OrderStore orders, Portfolios portfolios, Adoptions adoptions, TimeSource time) {
        this.orders = orders;
        this.portfolios = portfolios;
        this.adoptions = adoptions;
        this.time = time;
    }

    /**
     * Corrects what differs. All that is given was read completely in this run, orders and executions before holdings and
     * money, and every fill of ours that they show is booked.
     *
     * @param session whose orders were read
     * @param foreign orders at the broker that no order of ours owns or might own
     * @param traits of the broker, which {@linkplain Broker.Traits#keepsAccounts() keeps accounts}
     * @return one line for each difference
     * @throws io.haetae.job.LeaseLostException when the run's lease was taken over
     */
    public List<String> compare(
            AccountId account,
            LocalDate session,
            List<BrokerOrder> foreign,
            List<Holding> holdings,
            Funds funds,
            Broker.Traits traits,
            Run run) {
        Comparison comparison = new Comparison(account, session, traits, run);
        comparison.adopt(foreign);
        comparison.positions(holdings);
        comparison.cash(funds);
        return comparison.lines;
    }

    private final class Comparison {

        private final AccountId account;
        private final LocalDate session;
        private final Broker.Traits traits;
        private final Run run;
        private final List<String> lines = new ArrayList<>();

        Comparison(AccountId account, LocalDate session, Broker.Traits traits, Run run) {
            this.account = account;
            this.session = session;
            this.traits = traits;
            this.run = run;
        }

        void adopt(List<BrokerOrder> foreign) {
            if (foreign.isEmpty()) {
                return;
            }
            Map<String, BrokerOrder> known = new HashMap<>();
            adoptions.foreign(account, session).forEach(order -> known.put(order.brokerId(), order));
            for (BrokerOrder order : foreign) {
                BrokerOrder before = known.get(order.brokerId());
                if (before != null
                        && before.state() == order.state()
                        && before.filled().compareTo(order.filled()) == 0) {
                    continue;
                }
                if (before == null) {
                    lines.add("order " + order.brokerId() + " of someone else: " + order.side() + " "
                            + Plain.of(order.quantity()) + " " + order.instrument());
                }
                adoptions.adopt(run.fence(), account, session, order, found(order));
            }
        }

        private DomainEvent found(BrokerOrder order) {
            return new DomainEvent(
                    "external-order/" + account + "/" + session + "/" + order.brokerId(),
                    "ExternalOrderFound",
                    account.toString(),
                    time.now(),
                    Map.of(
                            "mode", account.mode().name(),
                            "brokerId", order.brokerId(),
                            "instrument", order.instrument().toString(),
                            "side", order.side().name(),
                            "quantity", Plain.of(order.quantity())));
        }

        void positions(List<Holding> holdings) {
            Map<InstrumentId, Holding> held = byInstrument();
            holdings.forEach(holding -> held.merge(holding.instrument(), holding, Comparison::both));
            Map<InstrumentId, Position> ours = byInstrument();
            portfolios.positions(account).forEach(position -> ours.put(position.instrument(), position));
            ours.keySet().forEach(id -> held.putIfAbsent(id, nothing(id)));
            held.forEach((id, holding) -> {
                Position position = ours.getOrDefault(id, Position.none(account, id, session));
                if (position.held().compareTo(holding.quantity()) != 0 && isSettled(Optional.of(id))) {
                    correct(position, holding);
                }
            });
        }

        private void correct(Position before, Holding holding) {
            Position after = before.corrected(holding.quantity(), holding.averageCost());
            String what = before.instrument().code() + ": the broker holds " + Plain.of(holding.quantity())
                    + ", we had " + told(before) + ", now " + told(after);
            Map<String, String> detail = new TreeMap<>();
            detail.put("instrument", before.instrument().toString());
            detail.put("ours", Plain.of(before.quantity()));
            detail.put("external", Plain.of(before.external()));
            detail.put("broker", Plain.of(holding.quantity()));
            detail.put("oursNow", Plain.of(after.quantity()));
            detail.put("externalNow", Plain.of(after.external()));
            String id = "position/" + before.instrument() + "#" + after.version();
            said(what, adoptions.correct(run.fence(), after, drift(id, what, detail)));
        }

        private static String told(Position position) {
            return Plain.of(position.quantity())
                    + (position.external().signum() == 0 ? "" : " and " + Plain.of(position.external()) + " external");
        }

        void cash(Funds funds) {
            Optional<Cash> found = portfolios.cash(account);
            if (found.isEmpty()
                    || found.get().balance().compareTo(funds.balance()) == 0
                    || !isSettled(Optional.empty())) {
                return;
            }
            Cash before = found.get();
            Cash after = before.corrected(funds.balance());
            String what = "cash: the broker has " + Plain.of(funds.balance()) + " " + account.currency() + ", we had "
                    + Plain.of(before.balance());
            Map<String, String> detail = new TreeMap<>();
            detail.put("ours", Plain.of(before.balance()));
            detail.put("broker", Plain.of(funds.balance()));
            said(what, adoptions.correct(run.fence(), after, drift("cash#" + after.version(), what, detail)));
        }

        private void said(String what, boolean written) {
            lines.add("drift in " + what + (written ? "" : "; it changed meanwhile, the next run looks again"));
        }

        private DomainEvent drift(String id, String what, Map<String, String> detail) {
            detail.put("mode", account.mode().name());
            detail.put("what", what);
            return new DomainEvent(
                    "drift/" + account + "/" + id, "BooksDrifted", account.toString(), time.now(), detail);
        }

        /**
         * Nothing of ours that moves it is under way, and what moved it last did so long enough ago for the broker's books
         * to show it. Without an instrument: anything at all.
         */
        private boolean isSettled(Optional<InstrumentId> instrument) {
            boolean underWay = orders.open(account).stream()
                    .anyMatch(order -> concerns(order, instrument)
                            && (instrument.isPresent() || !order.state().isUnsent()));
            if (underWay) {
                return false;
            }
            Instant shown = time.now().minus(traits.lag()).minus(traits.callTimeout());
            return List.of(session.minusDays(1), session).stream()
                    .flatMap(date -> orders.ofSession(account, date).stream())
                    .noneMatch(order -> concerns(order, instrument)
                            && order.filled().signum() > 0
                            && order.changedAt().isAfter(shown));
        }

        private static boolean concerns(Order order, Optional<InstrumentId> instrument) {
            return instrument.isEmpty() || instrument.get().equals(order.instrument());
        }

        private static Holding nothing(InstrumentId id) {
            return new Holding(id, BigDecimal.ZERO, BigDecimal.ZERO, Optional.empty());
        }

        /** Rows of one instrument are one holding; of two costs neither is the cost. */
        private static Holding both(Holding one, Holding other) {
            return new Holding(
                    one.instrument(),
                    one.quantity().add(other.quantity()),
                    one.sellable().add(other.sellable()),
                    one.averageCost().equals(other.averageCost()) ? one.averageCost() : Optional.empty());
        }

        private static <T> Map<InstrumentId, T> byInstrument() {
            return new TreeMap<>(Comparator.comparing(InstrumentId::toString));
        }
    }
}
