package io.haetae.saxo;

import io.haetae.market.InstrumentId;
import io.haetae.order.Broker;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Execution;
import io.haetae.order.Funds;
import io.haetae.order.Holding;
import io.haetae.order.Order;
import io.haetae.order.OrderType;
import io.haetae.order.Side;
import io.haetae.portfolio.AccountId;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Trades one account at Saxo. Our intent's id goes with every order as its {@code ExternalReference}; what became of an
 * order is read from the audit of orders, never from the answer to its placement.
 *
 * <p>Only instruments in the account's own currency are traded: nothing is converted.
 */
public final class SaxoBroker implements Broker {

    /** What is accepted shows in the audit within seconds; an order is called missing only after more than a minute. */
    private static final Duration LAG = Duration.ofSeconds(60);

    private static final List<Duration> POLLS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

    /** A reason in the journal: enough to act on. */
    private static final int MOST_TEXT = 800;

    private final SaxoClient client;
    private final String clientKey;
    private final String accountKey;
    private final ZoneId zone;
    private final TimeSource time;

    /** @param zone whose dates the account's sessions are */
    public SaxoBroker(SaxoClient client, String clientKey, String accountKey, ZoneId zone, TimeSource time) {
        this.client = client;
        this.clientKey = clientKey;
        this.accountKey = accountKey;
        this.zone = zone;
        this.time = time;
    }

    @Override
    public Traits traits() {
        return new Traits(client.orderTimeout(), LAG, false, true, true, POLLS);
    }

    /** What is bought with cash cannot be sold short. Of currency pairs and crypto it sells more than is held. */
    @Override
    public boolean refusesOverselling(InstrumentId instrument) {
        return switch (SaxoQuotes.assetType(instrument)) {
            case "Stock", "Etf", "Etc", "Etn", "Fund" -> true;
            default -> false;
        };
    }

    @Override
    public Precheck precheck(Order order) {
        try {
            return switch (client.precheck(ticket(order), uuid(order.id() + "/precheck/" + time.now()))) {
                case io.haetae.saxo.Precheck.Passed passed ->
                    new Precheck.Passed("Saxo would take it"
                            + passed.cashRequired()
                                    .map(cash -> ", cash " + plain(cash) + " " + passed.currency())
                                    .orElse("")
                            + passed.commission()
                                    .map(cost -> ", commission " + plain(cost))
                                    .orElse(""));
                case io.haetae.saxo.Precheck.Failed(String code, String message) ->
                    new Precheck.Refused(code, shortened(message));
            };
        } catch (SaxoException e) {
            return new Precheck.Failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Placement place(Order order) {
        Instant sendBy = order.sendBy();
        if (sendBy == null) {
            return Placement.Rejected.unjudged("NOT_SENT", "it was not to be sent");
        }
        return switch (client.place(ticket(order), uuid(order.id()), sendBy)) {
            case io.haetae.saxo.Placement.Accepted(String orderId) -> new Placement.Accepted(orderId);
            case io.haetae.saxo.Placement.Rejected(String code, String message, boolean judged) ->
                new Placement.Rejected(code, shortened(message), judged);
            case io.haetae.saxo.Placement.Unknown(Optional<String> orderId, String why) ->
                new Placement.Unknown(why, orderId);
        };
    }

    private OrderTicket ticket(Order order) {
        return new OrderTicket(
                accountKey,
                SaxoQuotes.assetType(order.instrument()),
                SaxoQuotes.uic(order.instrument()),
                order.side() == Side.BUY ? "Buy" : "Sell",
                order.quantity(),
                order.type() == OrderType.LIMIT ? Optional.of(order.price()) : Optional.empty(),
                order.id());
    }

    /** The same for the same text: a sending is recognised as itself, by us and by Saxo. */
    private static String uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Override
    public Cancellation cancel(Order order) {
        String brokerId = order.brokerId();
        if (brokerId == null) {
            return new Cancellation.Unknown("Saxo's number of it is not known");
        }
        try {
            return switch (client.cancel(brokerId, accountKey)) {
                case io.haetae.saxo.Cancellation.Accepted _, io.haetae.saxo.Cancellation.Gone _ ->
                    new Cancellation.Confirmed();
                case io.haetae.saxo.Cancellation.Rejected(String code, String message) ->
                    new Cancellation.Refused(shortened(code + " " + message));
                case io.haetae.saxo.Cancellation.Unknown(String why) -> new Cancellation.Unknown(why);
            };
        } catch (SaxoException e) {
            return new Cancellation.Unknown(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Read<BrokerOrder> orders(AccountId account, LocalDate session) {
        return complete(() -> {
            // First what works: what fills between the two questions is then in one of them.
            Map<String, OpenOrder> working = new TreeMap<>();
            client.openOrders(clientKey, accountKey).forEach(order -> working.put(order.orderId(), order));
            List<BrokerOrder> rows = new ArrayList<>();
            for (AuditedOrder audited : audit(session)) {
                rows.add(audited.shown(Optional.ofNullable(working.remove(audited.orderId()))));
            }
            for (OpenOrder order : working.values()) {
                if (AuditedOrder.session(order.externalReference(), order.placedAt(), zone)
                        .equals(session)) {
                    rows.add(shown(order));
                }
            }
            return rows;
        });
    }

    /** The audit does not show it yet, and the audit says what was traded: until then nothing counts as filled. */
    private static BrokerOrder shown(OpenOrder order) {
        return new BrokerOrder(
                order.orderId(),
                reference(order.externalReference()),
                SaxoQuotes.instrument(order.assetType(), order.uic()),
                side(order.buySell()),
                order.amount(),
                order.price(),
                order.placedAt(),
                BrokerOrder.State.WORKING,
                BigDecimal.ZERO,
                order.filledAmount().signum() == 0
                        ? ""
                        : "filled " + plain(order.filledAmount()) + ", not audited yet");
    }

    /** Every order of the session that the audit knows, by when it was first seen. */
    private List<AuditedOrder> audit(LocalDate session) {
        Instant from = session.atStartOfDay(zone).toInstant();
        // What was decided shortly before midnight is sent after it.
        Instant to = session.plusDays(2).atStartOfDay(zone).toInstant();
        Map<String, List<OrderActivity>> byOrder = client
                .orderActivities(
                        clientKey, accountKey, from, to.isBefore(time.now()) ? Optional.of(to) : Optional.empty())
                .stream()
                .collect(Collectors.groupingBy(OrderActivity::orderId, TreeMap::new, Collectors.toList()));
        return byOrder.values().stream()
                .map(AuditedOrder::of)
                .filter(order -> order.session(zone).equals(session))
                .toList();
    }

    @Override
    public Read<Execution> executions(AccountId account, LocalDate session) {
        return complete(() -> audit(session).stream()
                .<Execution>flatMap(order -> order.trades().stream())
                .toList());
    }

    @Override
    public Read<Holding> holdings(AccountId account) {
        return complete(() -> {
            Map<InstrumentId, BigDecimal> offered = client.openOrders(clientKey, accountKey).stream()
                    .filter(order -> side(order.buySell()) == Side.SELL)
                    .collect(Collectors.toMap(
                            order -> SaxoQuotes.instrument(order.assetType(), order.uic()),
                            order -> order.amount().subtract(order.filledAmount()),
                            BigDecimal::add));
            Map<String, List<NetPosition>> held = client.netPositions(clientKey, accountKey).stream()
                    .collect(Collectors.groupingBy(
                            position -> position.assetType() + ":" + position.uic(),
                            TreeMap::new,
                            Collectors.toList()));
            return held.values().stream()
                    .map(positions -> holding(positions, offered))
                    .filter(holding -> holding.quantity().signum() != 0)
                    .toList();
        });
    }

    private static Holding holding(List<NetPosition> positions, Map<InstrumentId, BigDecimal> offered) {
        NetPosition first = positions.getFirst();
        InstrumentId instrument = SaxoQuotes.instrument(first.assetType(), first.uic());
        BigDecimal amount = positions.stream().map(NetPosition::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal sellable = amount.subtract(offered.getOrDefault(instrument, BigDecimal.ZERO));
        return new Holding(instrument, amount, sellable.max(BigDecimal.ZERO), averageCost(positions, amount));
    }

    private static Optional<BigDecimal> averageCost(List<NetPosition> positions, BigDecimal amount) {
        if (positions.size() == 1) {
            return positions.getFirst().averageOpenPrice();
        }
        if (amount.signum() == 0
                || positions.stream()
                        .anyMatch(position -> position.averageOpenPrice().isEmpty())) {
            return Optional.empty();
        }
        BigDecimal value = positions.stream()
                .map(position ->
                        position.amount().multiply(position.averageOpenPrice().orElseThrow()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Optional.of(value.divide(amount, MathContext.DECIMAL64)).filter(price -> price.signum() > 0);
    }

    /**
     * Saxo lends what a currency pair or crypto costs, and our books pay for it: what such a position cost at its opening
     * is taken off the cash, so that cash and holdings make the same equity in both.
     */
    @Override
    public Read<Funds> funds(AccountId account) {
        return complete(() -> {
            SaxoBalance balance = client.balance(clientKey, accountKey);
            if (!balance.currency().equals(account.currency())) {
                throw new SaxoFormatException(
                        "the account is in " + balance.currency() + ", not in " + account.currency());
            }
            BigDecimal cash = balance.cash();
            for (NetPosition position : client.netPositions(clientKey, accountKey)) {
                boolean ownCurrency =
                        position.currency().isEmpty() || position.currency().equals(account.currency());
                if (position.isMargin() && position.amount().signum() != 0 && ownCurrency) {
                    BigDecimal opened = position.averageOpenPrice()
                            .orElseThrow(() -> new SaxoFormatException("the position in " + position.assetType() + ":"
                                    + position.uic() + " has no price it was opened at"));
                    cash = cash.subtract(position.amount().multiply(opened));
                }
            }
            return List.of(new Funds(cash, balance.cashAvailable(), balance.totalValue()));
        });
    }

    private static <T> Read<T> complete(Supplier<List<T>> read) {
        try {
            return new Read.Complete<>(read.get());
        } catch (SaxoException e) {
            return new Read.Failed<>(String.valueOf(e.getMessage()));
        }
    }

    static Side side(String buySell) {
        return switch (buySell) {
            case "Buy" -> Side.BUY;
            case "Sell" -> Side.SELL;
            default -> throw new SaxoFormatException("an order that neither buys nor sells: " + buySell);
        };
    }

    static Optional<String> reference(String externalReference) {
        return externalReference.isEmpty() ? Optional.empty() : Optional.of(externalReference);
    }

    private static String shortened(String text) {
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "…" : text;
    }

    static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
