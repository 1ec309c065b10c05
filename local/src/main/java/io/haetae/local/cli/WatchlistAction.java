package io.haetae.local.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What is done to an open watchlist: what the subcommands of {@code watchlist} have in common. */
abstract class WatchlistAction implements Callable<Integer> {

    final Surroundings here;

    @Mixin
    Simulation simulation;

    @Mixin
    StackOptions stack = new StackOptions();

    WatchlistAction(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    /** Refuses what makes no sense, before anything is opened. */
    abstract void check();

    abstract void act(OpenWatchlist list);

    @Override
    public Integer call() {
        check();
        try (KeptItems items = KeptItems.open(here, simulation, stack, "watchlist")) {
            act(OpenWatchlist.of(items));
        }
        return ExitCode.DONE;
    }

    void tell(List<String> lines) {
        lines.forEach(here.out()::println);
    }
}
