package io.haetae.functions.control;

import io.haetae.config.Settings;
import io.haetae.functions.Platform;
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
import io.haetae.time.TimeSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A person's judgement of one order, held against what the order's own venue shows. Nothing is sent there. */
final class OrderSettlement {

    private static final Pattern ID = Pattern.compile("[0-9]{8}-[0-9a-f]{32}");

    private final Settings settings;
    private final Platform platform;
    private final OrderStore orders;
    private final TimeSource time;
    private final Supplier<Optional<String>> missingKisKey;
    private final Supplier<? extends Broker> kis;
    private final Supplier<SaxoToken> saxoToken;
    private final Function<SaxoToken, SaxoClient> saxo;

    /** What asks a venue is made only for an order of that venue. */
    OrderSettlement(
            Settings settings,
            Platform platform,
            OrderStore orders,
            TimeSource time,
            Supplier<Optional<String>> missingKisKey,
            Supplier<? extends Broker> kis,
            Supplier<SaxoToken> saxoToken,
            Function<SaxoToken, SaxoClient> saxo) {
        this.settings = settings;
        this.platform = platform;
        this.orders = orders;
        this.time = time;
        this.missingKisKey = missingKisKey;
        this.kis = kis;
        this.saxoToken = saxoToken;
        this.saxo = saxo;
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
        PortfolioMapper books = new PortfolioMapper(platform.store());
        Order order = Accounts.all(books, settings).stream()
                .flatMap(account -> orders.order(account, id).stream())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no order is named " + id + ": ./haetae orders lists them"));
        Settling.Settled settled = new Settling(orders, books, broker(order), time)
                .settle(order.account(), id, verdict, word.by(), word.reason());
        return order.account() + ": order " + id + " " + settled.order().told() + (settled.news() ? "" : "; as it was");
    }

    private Broker broker(Order order) {
        Mode mode = order.account().mode();
        if (mode == Mode.DRY_RUN) {
            throw new SettlementRefusedException(
                    order.id(), "it is of a dry run: what our own paper broker shows proves what became of it");
        }
        return switch (order.account().venue()) {
            case KIS -> {
                check(order, "KIS_ENV", settings.kis().paper() ? Mode.SIM : Mode.LIVE, missingKisKey.get());
                yield kis.get();
            }
            case SAXO -> {
                SaxoToken token = saxoToken.get();
                check(order, "SAXO_ENV", settings.saxo().live() ? Mode.LIVE : Mode.SIM, token.missingKey());
                yield saxo(order, saxo.apply(token));
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
                client, platform.secrets(), order.account().mode())) {
            case ChosenAccount.Fitting(SaxoAccount account) ->
                new SaxoBroker(
                        client,
                        account.clientKey(),
                        account.accountKey(),
                        settings.saxo().timezone(),
                        time);
            case ChosenAccount.None(String reason) -> throw new SettlementRefusedException(order.id(), reason);
        };
    }
}
