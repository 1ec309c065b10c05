package io.haetae.local.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a share off the list. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Takes a share off the list; its history stays, and only a person puts it back."
                + " With --forever nothing is left of it, not even that a person did not want it: the best scores may"
                + " put it on the list again.")
final class WatchlistRemoveCommand extends WatchlistAction {

    @Parameters(paramLabel = "SYMBOL", description = "six characters, such as 005930")
    String symbol = "";

    @Option(names = "--forever", description = "deletes the entry, active or not or past reading, and its history")
    boolean forever;

    WatchlistRemoveCommand(Surroundings here) {
        super(here);
    }

    @Override
    void check() {
        StoredMarket.symbol(symbol);
    }

    @Override
    void act(OpenWatchlist list) {
        if (forever && list.control().eraseDamaged(symbol)) {
            tell(List.of(list.heading(), symbol + ", which could not be read, and its history are deleted"));
            return;
        }
        boolean done = forever
                ? list.control().erase(symbol)
                : list.control().remove(symbol, list.today()).isPresent();
        if (!done) {
            throw list.notThere(symbol, "./haetae watchlist list%s tells what is".formatted(forever ? " --all" : ""));
        }
        tell(List.of(list.heading(), forever ? symbol + " and its history are deleted" : symbol + " is taken off"));
    }
}
