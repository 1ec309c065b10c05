package io.haetae.local.report;

import io.haetae.job.JobStore;
import io.haetae.job.RunRecord;
import io.haetae.market.InstrumentId;
import io.haetae.order.Fill;
import io.haetae.order.Order;
import io.haetae.order.OrderStore;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Portfolios;
import io.haetae.portfolio.Position;
import io.haetae.risk.TradingState;
import io.haetae.risk.TradingStates;
import io.haetae.store.Decimals;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.Watchlists;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a day's document from the ports. */
public final class Reporter {

    /** What a position is worth: the last price known, by instrument; one that is not known counts at its cost. */
    @FunctionalInterface
    public interface Prices {
        Map<InstrumentId, BigDecimal> of(AccountId account, List<InstrumentId> instruments);
    }

    private final JobStore ledger;
    private final OrderStore orders;
    private final Portfolios portfolios;
    private final TradingStates states;
    private final Watchlists watchlists;
    private final Prices prices;

    public Reporter(
            JobStore ledger,
            OrderStore orders,
            Portfolios portfolios,
            TradingStates states,
            Watchlists watchlists,
            Prices prices) {
        this.ledger = ledger;
        this.orders = orders;
        this.portfolios = portfolios;
        this.states = states;
        this.watchlists = watchlists;
        this.prices = prices;
    }

    /**
     * The day's runs, and the books as they stand now.
     *
     * @param since the first day whose orders and fills are told
     * @param modes of the runs that are told
     */
    public DayReport of(
            String world,
            LocalDate since,
            LocalDate day,
            List<AccountId> accounts,
            Watchlists.Owner owner,
            Set<Mode> modes,
            List<String> notes) {
        List<DayReport.Run> runs = modes.stream()
                .flatMap(mode -> ledger.runs(mode, day).stream())
                .sorted(Comparator.comparing(RunRecord::at))
                .map(run -> new DayReport.Run(
                        run.at().toString(), run.slot().job().text(), run.outcome(), run.reason(), run.lines()))
                .toList();
        List<DayReport.Account> accountRows = new ArrayList<>();
        List<DayReport.Order> orderRows = new ArrayList<>();
        List<DayReport.Fill> fillRows = new ArrayList<>();
        List<DayReport.Position> positionRows = new ArrayList<>();
        TradingState worst = TradingState.ACTIVE;
        for (AccountId account : accounts) {
            Cash cash = portfolios.cash(account).orElse(null);
            if (cash == null) {
                continue;
            }
            TradingState state = states.get(account).state();
            worst = state.compareTo(worst) > 0 ? state : worst;
            // Where it is still yesterday, a session of the first day has yesterday's date.
            for (LocalDate date = since.minusDays(1); !date.isAfter(day); date = date.plusDays(1)) {
                orders.ofSession(account, date).forEach(order -> orderRows.add(row(order)));
                orders.fills(account, date).forEach(fill -> fillRows.add(row(fill)));
            }
            List<Position> open = portfolios.positions(account).stream()
                    .filter(Position::isHeld)
                    .toList();
            Map<InstrumentId, BigDecimal> known =
                    prices.of(account, open.stream().map(Position::instrument).toList());
            BigDecimal equity = cash.balance();
            for (Position position : open) {
                BigDecimal price = known.getOrDefault(position.instrument(), position.averageCost());
                BigDecimal value = price.multiply(position.held());
                equity = equity.add(value);
                positionRows.add(row(account, position, price, value));
            }
            accountRows.add(new DayReport.Account(
                    account.toString(),
                    account.venue().name(),
                    account.currency(),
                    text(cash.initialCapital()),
                    text(cash.balance()),
                    text(equity),
                    state.name()));
        }
        fillRows.sort(Comparator.comparing(DayReport.Fill::at).thenComparing(DayReport.Fill::id));
        Watchlists.Listing list = watchlists.listing(owner);
        return new DayReport(
                world,
                day.toString(),
                day.toString(),
                runs,
                accountRows,
                orderRows,
                fillRows,
                positionRows,
                watched(list),
                worst.name(),
                Stream.concat(notes.stream(), list.warnings().stream().map(entry -> "on the watchlist " + entry))
                        .toList());
    }

    private static List<DayReport.Watched> watched(Watchlists.Listing list) {
        return list.entries().stream()
                .filter(WatchlistEntry::active)
                .sorted(Comparator.comparing(
                                (WatchlistEntry entry) -> entry.composite() == null ? -1.0 : entry.composite())
                        .reversed()
                        .thenComparing(WatchlistEntry::symbol))
                .map(entry -> new DayReport.Watched(
                        entry.symbol(),
                        entry.name(),
                        rounded(entry.composite()),
                        rounded(entry.percentile()),
                        String.valueOf(entry.price()),
                        entry.reason()))
                .toList();
    }

    private static String rounded(@org.jspecify.annotations.Nullable Double score) {
        return score == null ? "" : text(BigDecimal.valueOf(score).setScale(2, RoundingMode.HALF_EVEN));
    }

    private static DayReport.Order row(Order order) {
        return new DayReport.Order(
                order.id(),
                order.account().toString(),
                order.intent().session().toString(),
                order.instrument().code(),
                order.side().name(),
                order.type().name(),
                text(order.quantity()),
                text(order.price()),
                order.state().name(),
                text(order.filled()),
                order.reason(),
                order.note().isEmpty() ? null : order.note());
    }

    private static DayReport.Fill row(Fill fill) {
        return new DayReport.Fill(
                fill.id(),
                fill.order(),
                fill.account().toString(),
                fill.at().toString(),
                fill.side().name(),
                fill.instrument().code(),
                text(fill.quantity()),
                text(fill.price()),
                text(fill.commission()),
                text(fill.tax()));
    }

    private static DayReport.Position row(AccountId account, Position position, BigDecimal price, BigDecimal value) {
        // What is not ours has no profit of ours.
        BigDecimal profit = price.subtract(position.averageCost()).multiply(position.quantity());
        String external = position.external().signum() == 0 ? "" : "+" + text(position.external());
        return new DayReport.Position(
                account.toString(),
                position.instrument().code(),
                text(position.quantity()) + external,
                text(position.averageCost()),
                text(price),
                text(value),
                text(inMoney(profit, account.currency())),
                text(position.realised()));
    }

    /** An average cost has more decimals than money has. */
    private static BigDecimal inMoney(BigDecimal amount, String currency) {
        return amount.setScale(Currency.getInstance(currency).getDefaultFractionDigits(), RoundingMode.HALF_EVEN);
    }

    private static String text(BigDecimal amount) {
        return Decimals.canonical(amount);
    }
}
