package io.haetae.order.paper;

import io.haetae.market.Charges;
import io.haetae.market.Costs;
import io.haetae.market.InstrumentId;
import io.haetae.market.PriceLadder;
import io.haetae.market.Quote;
import io.haetae.market.Quotes;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.order.Broker;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Execution;
import io.haetae.order.Fill;
import io.haetae.order.Funds;
import io.haetae.order.Holding;
import io.haetae.order.Order;
import io.haetae.portfolio.AccountId;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Takes orders into a durable book and fills them against a venue's quotes, as {@link Matching} says. It lives only when
 * it is asked: {@link #orders} looks at the market first.
 */
public final class PaperBroker implements Broker {

    private static final String NO_ACCOUNTS = "a paper broker keeps no accounts: the journal is the book";

    private final PaperBook book;
    private final Quotes quotes;
    private final Costs costs;
    private final Matching matching;
    private final VenuePrecheck precheck;
    private final TimeSource time;

    public PaperBroker(
            PaperBook book, Quotes quotes, Costs costs, PriceLadder ladder, PaperTerms terms, TimeSource time) {
        this(book, quotes, costs, ladder, terms, _ -> new Precheck.Passed("paper"), time);
    }

    /** @param precheck where the venue has one, it is asked even though nothing is sent there */
    public PaperBroker(
            PaperBook book,
            Quotes quotes,
            Costs costs,
            PriceLadder ladder,
            PaperTerms terms,
            VenuePrecheck precheck,
            TimeSource time) {
        this.book = book;
        this.quotes = quotes;
        this.costs = costs;
        this.matching = new Matching(terms, ladder);
        this.precheck = precheck;
        this.time = time;
    }

    /** Its book is a store of ours: a complete read shows all it ever took, at once. */
    @Override
    public Traits traits() {
        return new Traits(Duration.ZERO, Duration.ZERO, true, true, false, List.of());
    }

    /** It has no books of its own to refuse by: our journal is held against every sale before. */
    @Override
    public boolean refusesOverselling(InstrumentId instrument) {
        return false;
    }

    @Override
    public Precheck precheck(Order order) {
        return precheck.ask(order);
    }

    @Override
    public Placement place(Order order) {
        Instant now = time.now();
        Instant sendBy = order.sendBy();
        if (sendBy == null || !now.isBefore(sendBy)) {
            return Placement.Rejected.unjudged("TOO_LATE", "came at " + now + ", to be sent before " + sendBy);
        }
        if (now.isAfter(order.validity().ends())) {
            return new Placement.Rejected(
                    "MARKET_CLOSED", "the session ended " + order.validity().ends());
        }
        PaperOrder accepted = PaperOrder.accepted(order, now);
        // An id that is there already is the same order: it was taken then, and is not taken again.
        boolean _ = book.add(accepted);
        return new Placement.Accepted(PaperOrder.brokerId(accepted.id()));
    }

    @Override
    public Cancellation cancel(Order order) {
        Optional<PaperOrder> found = book.order(order.account(), order.id());
        if (found.isEmpty()) {
            return new Cancellation.Refused("no order " + order.id());
        }
        PaperOrder standing = found.get();
        if (!standing.isWorking()
                || book.update(standing.ended(BrokerOrder.State.CANCELLED, order.note()), Optional.empty())) {
            return new Cancellation.Confirmed();
        }
        return new Cancellation.Unknown("the order changed while it was being cancelled");
    }

    @Override
    public Read<BrokerOrder> orders(AccountId account, LocalDate session) {
        try {
            look(account, session);
        } catch (QuotesUnavailableException e) {
            return new Read.Failed<>("no quotes: " + e.getMessage());
        }
        return new Read.Complete<>(
                book.orders(account, session).stream().map(PaperOrder::shown).toList());
    }

    @Override
    public Read<Execution> executions(AccountId account, LocalDate session) {
        return new Read.Complete<>(book.fills(account, session).stream()
                .<Execution>map(fill -> new Execution.Trade(
                        PaperOrder.brokerId(fill.order()),
                        fill.id(),
                        fill.quantity(),
                        fill.price(),
                        fill.conversion(),
                        fill.commission(),
                        fill.tax(),
                        fill.at()))
                .toList());
    }

    @Override
    public Read<Holding> holdings(AccountId account) {
        return new Read.Failed<>(NO_ACCOUNTS);
    }

    @Override
    public Read<Funds> funds(AccountId account) {
        return new Read.Failed<>(NO_ACCOUNTS);
    }

    private void look(AccountId account, LocalDate session) {
        Instant now = time.now();
        List<PaperOrder> open = new ArrayList<>();
        for (PaperOrder order : book.orders(account, session)) {
            if (order.isWorking() && now.isAfter(order.ends())) {
                boolean _ = book.update(
                        order.ended(BrokerOrder.State.EXPIRED, "the session ended " + order.ends()), Optional.empty());
            } else if (order.isWorking() && !now.isBefore(order.opens())) {
                open.add(order);
            }
        }
        if (open.isEmpty()) {
            return;
        }
        TreeSet<InstrumentId> asked = new TreeSet<>(java.util.Comparator.comparing(InstrumentId::toString));
        open.forEach(order -> asked.add(order.instrument()));
        Map<InstrumentId, Quote> prices = quotes.quotes(asked);
        for (PaperOrder order : open) {
            Quote quote = prices.get(order.instrument());
            if (quote != null && matching.concerns(order, quote, now)) {
                match(order, quote, now);
            }
        }
    }

    /** When the order changed meanwhile, another run has just looked at the same market. */
    private void match(PaperOrder order, Quote quote, Instant now) {
        Optional<BigDecimal> price = matching.price(order, quote);
        BigDecimal quantity = matching.quantity(order, quote);
        PaperOrder looked =
                order.seen() ? order.looked(order.low(), order.high()) : order.looked(quote.low(), quote.high());
        if (price.isPresent() && quantity.signum() > 0) {
            Fill fill = fill(order, price.get(), quantity, now);
            boolean _ = book.update(looked.filled(fill), Optional.of(fill));
        } else if (!order.seen()) {
            boolean _ = book.update(looked, Optional.empty());
        }
    }

    private Fill fill(PaperOrder order, BigDecimal price, BigDecimal quantity, Instant now) {
        Charges charges =
                switch (order.side()) {
                    case BUY -> costs.buying(order.instrument(), quantity, price, order.session());
                    case SELL -> costs.selling(order.instrument(), quantity, price, order.session());
                };
        BigDecimal sum = order.filled().add(quantity);
        return new Fill(
                order.id() + "#" + sum.stripTrailingZeros().toPlainString(),
                order.id(),
                order.account(),
                order.side(),
                order.instrument(),
                quantity,
                price.multiply(quantity),
                order.conversion(),
                charges.commission(),
                charges.tax(),
                now);
    }
}
