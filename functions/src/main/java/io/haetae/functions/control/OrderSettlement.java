package io.haetae.functions.control;

import io.haetae.config.Settings;
import io.haetae.functions.Graph;
import io.haetae.functions.saxocycle.ChosenAccount;
import io.haetae.order.Broker;
import io.haetae.order.Order;
import io.haetae.order.OrderStore;
import io.haetae.order.SettlementRefusedException;
import io.haetae.order.Settling;
import io.haetae.order.Verdict;
import io.haetae.portfolio.Mode;
import io.haetae.saxo.SaxoAccount;
import io.haetae.saxo.SaxoBroker;
import io.haetae.saxo.SaxoClient;
import io.haetae.saxo.SaxoToken;
import io.haetae.store.PortfolioMapper;
import java.util.Optional;
import java.util.regex.Pattern;

/** A person's judgement of one order, held against what the order's own venue shows. Nothing is sent there. */
final class OrderSettlement {

    private static final Pattern ID = Pattern.compile("[0-9]{8}-[0-9a-f]{32}");

    private final Graph graph;

    OrderSettlement(Graph graph) {
        this.graph = graph;
    }

    /**
     * Settles it.
     *
     * @param id the order's whole name
     * @return how it stands now, in one line
     * @throws IllegalArgumentException in one line, when there is no such order
     * @throws SettlementRefusedException when it may not be settled, or not so
     */
    String settle(String id, Verdict verdict, TradingControl.Word word) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("that is no order's whole name: ./haetae orders lists them");
        }
        PortfolioMapper books = new PortfolioMapper(graph.platform().store());
        OrderStore orders = graph.orders();
        Order order = Accounts.all(books, graph.settings()).stream()
                .flatMap(account -> orders.order(account, id).stream())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no order is named " + id + ": ./haetae orders lists them"));
        Settling.Settled settled = new Settling(orders, books, broker(order), graph.time())
                .settle(order.account(), id, verdict, word.by(), word.reason());
        return order.account() + ": order " + id + " " + settled.order().told() + (settled.news() ? "" : "; as it was");
    }

    private Broker broker(Order order) {
        Mode mode = order.account().mode();
        if (mode == Mode.DRY_RUN) {
            throw new SettlementRefusedException(
                    order.id(), "it is of a dry run: what our own paper broker shows proves what became of it");
        }
        Settings settings = graph.settings();
        return switch (order.account().venue()) {
            case KIS -> {
                check(order, "KIS_ENV", settings.kis().paper() ? Mode.SIM : Mode.LIVE, graph.missingKisKey());
                yield graph.kisBroker();
            }
            case SAXO -> {
                SaxoToken token = graph.saxoToken();
                check(order, "SAXO_ENV", settings.saxo().live() ? Mode.LIVE : Mode.SIM, token.missingKey());
                yield saxo(order, graph.saxo(token));
            }
        };
    }

    private static void check(Order order, String setting, Mode meant, Optional<String> missingKey) {
        Mode mode = order.account().mode();
        if (mode != meant) {
            throw new SettlementRefusedException(
                    order.id(), "it is of mode " + mode + ", and " + setting + " means that of " + meant);
        }
        missingKey.ifPresent(key -> {
            throw new SettlementRefusedException(order.id(), "the broker cannot be asked, NO_KEY " + key);
        });
    }

    private Broker saxo(Order order, SaxoClient client) {
        return switch (ChosenAccount.of(
                client, graph.platform().secrets(), order.account().mode())) {
            case ChosenAccount.Fitting(SaxoAccount account) ->
                new SaxoBroker(
                        client,
                        account.clientKey(),
                        account.accountKey(),
                        graph.settings().saxo().timezone(),
                        graph.time());
            case ChosenAccount.None(String reason) -> throw new SettlementRefusedException(order.id(), reason);
        };
    }
}
