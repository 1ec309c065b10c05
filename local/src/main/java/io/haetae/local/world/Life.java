package io.haetae.local.world;

import io.haetae.config.Settings;
import io.haetae.functions.control.Accounts;
import io.haetae.functions.datacollection.Backfill;
import io.haetae.job.JobStore;
import io.haetae.local.driver.Driver;
import io.haetae.local.home.HomeException;
import io.haetae.local.report.DayReport;
import io.haetae.local.report.Reporter;
import io.haetae.local.report.Reports;
import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.JobMapper;
import io.haetae.store.Key;
import io.haetae.store.OrderMapper;
import io.haetae.store.Outcome;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import io.haetae.store.TradingStateMapper;
import io.haetae.store.WatchlistMapper;
import io.haetae.watchlist.Watchlists;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The days a simulated world has lived: each is lived once, in order, and its report kept. After a kill the day under way
 * is lived on from where it stopped.
 */
public final class Life {

    private static final Key KEY = Key.state("LOCAL#LIFE", "LIFE");

    private final SimulatedWorld world;
    private final Store store;
    private final Reports reports;

    public Life(SimulatedWorld world) {
        this.world = world;
        this.store = world.store();
        this.reports = new Reports(store);
    }

    /** The report of a day that was lived to its end. */
    public Optional<DayReport> told(LocalDate session) {
        return reports.find(session);
    }

    /**
     * Lives the calendar days after the last lived one, up to and with {@code session}; a new folder is filled with
     * history first and begins with the session itself.
     *
     * @throws HomeException when the folder has lived beyond that day
     */
    public DayReport live(LocalDate session, Driver driver, Backfill.Progress history) throws Exception {
        Optional<Item> life = store.get(KEY);
        LocalDate born = life.map(item -> LocalDate.parse(item.text("born"))).orElse(session);
        Optional<LocalDate> lived = life.flatMap(item -> item.findText("lived")).map(LocalDate::parse);
        if (session.isBefore(born)
                || lived.filter(last -> !last.isBefore(session)).isPresent()) {
            throw new HomeException(
                    "this folder has lived from %s to %s: choose a later day than that, or another folder with --home"
                            .formatted(born, lived.orElse(born)));
        }
        if (life.isEmpty()) {
            keep(session, Optional.empty());
        }
        world.takeOver();
        if (lived.isEmpty()) {
            world.fillHistory(born, history);
        }
        LocalDate day = lived.map(last -> last.plusDays(1)).orElse(born);
        for (; !day.isAfter(session); day = day.plusDays(1)) {
            driver.drive(day);
            if (world.calendar().session(day).isPresent()) {
                reports.keep(day, report(born, day));
            }
            keep(born, Optional.of(day));
        }
        return told(session).orElseThrow();
    }

    /**
     * Sets the clock to where this world's life has come.
     *
     * @throws HomeException when nothing has lived here yet
     */
    public void goOn() {
        world.time()
                .advanceTo(Driver.clock(store)
                        .orElseThrow(() -> new HomeException(
                                "nothing has lived in " + world.place() + " yet: run ./haetae day first")));
    }

    private void keep(LocalDate born, Optional<LocalDate> lived) {
        Item item = Item.at(KEY)
                .with("born", born.toString())
                .with("lived", lived.map(LocalDate::toString))
                .build();
        Outcome outcome = store.commit(List.of(Action.put(item)));
        if (!(outcome instanceof Outcome.Committed)) {
            throw new IllegalStateException("the world's age was not kept: " + outcome);
        }
    }

    private DayReport report(LocalDate born, LocalDate day) {
        JobStore ledger = new JobMapper(store);
        Settings settings = world.settings();
        Reporter reporter = new Reporter(
                ledger,
                new OrderMapper(store),
                new PortfolioMapper(store),
                new TradingStateMapper(store),
                new WatchlistMapper(store),
                this::prices);
        return reporter.of(
                world.id(),
                born,
                day,
                Accounts.all(new PortfolioMapper(store), settings),
                new Watchlists.Owner(
                        settings.koreanMode(), settings.orchestrator().userId()),
                settings.modes(),
                world.notes());
    }

    private Map<InstrumentId, BigDecimal> prices(AccountId account, List<InstrumentId> instruments) {
        Map<InstrumentId, BigDecimal> prices = new HashMap<>();
        for (InstrumentId instrument : instruments) {
            world.lastPrice(instrument).ifPresent(price -> prices.put(instrument, price));
        }
        return prices;
    }
}
