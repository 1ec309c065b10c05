package io.haetae.local.cli;

import io.haetae.local.home.World;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.risk.TradingState;
import io.haetae.risk.TradingStates;
import io.haetae.store.TradingStateMapper;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops entering, now and until a person resumes. */
@Command(
        name = "halt",
        mixinStandardHelpOptions = true,
        description =
                "Halts trading: nothing is entered, working entries are cancelled by the next run of a trading job;"
                        + " protective exits go on. For the real venues, or with --seed or --data for a simulated world.")
final class HaltCommand implements Callable<Integer> {

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Mixin
    PersonOptions person = new PersonOptions();

    @Option(names = "--venue", description = "only there: ${COMPLETION-CANDIDATES} (default: everywhere)")
    @Nullable
    Venue venue;

    @Option(names = "--reducing", description = "every exit goes on, a fundamental one too; only entries stop")
    boolean reducing;

    HaltCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    /** Every account that is traded for, or was: a halt too many is lifted with a word, one too few is not. */
    @Override
    public Integer call() {
        PersonOptions who = person.checked();
        Simulation.Given given = simulation.given();
        try (StoredWorld stored = StoredWorld.toCommand(simulation, "halt")) {
            here.out().println(heading(stored.world(), simulation));
            TradingStates states = new TradingStateMapper(stored.store());
            TradingState state = reducing ? TradingState.REDUCING : TradingState.HALTED;
            for (AccountId account :
                    Accounts.of(Accounts.all(stored.store(), given.settings()), Optional.ofNullable(venue))) {
                here.out().println(line(account, states.raise(account, state, who.by, who.reason, stored.now(here))));
            }
        }
        here.out().println("working entries are cancelled by the next run of a trading job");
        return ExitCode.DONE;
    }

    /** Which world was spoken to, and that another was looked at last. */
    static String heading(World world, Simulation simulation) {
        return "world " + world.id()
                + simulation
                        .home()
                        .lastOpened()
                        .filter(last -> !last.equals(world) && last.isSimulated())
                        .map(last -> " (" + last.id() + ", opened last, is not touched: --seed or --data names it)")
                        .orElse("");
    }

    static String line(AccountId account, TradingStates.Standing standing) {
        return account + ": " + standing.state()
                + (standing.reason().isEmpty() ? "" : " (" + standing.by() + ": " + standing.reason() + ")");
    }
}
