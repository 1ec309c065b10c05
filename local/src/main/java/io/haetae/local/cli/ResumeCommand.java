package io.haetae.local.cli;

import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.risk.TradingState;
import io.haetae.risk.TradingStates;
import io.haetae.store.TradingStateMapper;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets an account enter again: a person's word alone. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Lifts a halt of the accounts that the settings trade for. For the real venues, or with --seed or"
                + " --data for a simulated world.")
final class ResumeCommand implements Callable<Integer> {

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Mixin
    PersonOptions person = new PersonOptions();

    @Option(names = "--venue", description = "only there: ${COMPLETION-CANDIDATES} (default: everywhere)")
    @Nullable
    Venue venue;

    ResumeCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    /** Only what the settings mean is set free: who resumes a dry run has not spoken of real money. */
    @Override
    public Integer call() {
        PersonOptions who = person.checked();
        Simulation.Given given = simulation.given();
        try (StoredWorld stored = StoredWorld.toCommand(simulation, "resume")) {
            here.out().println(HaltCommand.heading(stored.world(), simulation));
            TradingStates states = new TradingStateMapper(stored.store());
            List<AccountId> meant = Accounts.of(Accounts.configured(given.settings()), Optional.ofNullable(venue));
            for (AccountId account : meant) {
                TradingStates.Standing before = states.get(account);
                TradingStates.Standing after = before.state() == TradingState.ACTIVE
                        ? before
                        : states.set(account, TradingState.ACTIVE, who.by, who.reason, stored.now(here));
                here.out().println(HaltCommand.line(account, after) + was(before));
            }
            Accounts.all(stored.store(), given.settings()).stream()
                    .filter(account -> !meant.contains(account))
                    .filter(account -> states.get(account).state() != TradingState.ACTIVE)
                    .forEach(account ->
                            here.out().println("not resumed: " + HaltCommand.line(account, states.get(account))));
        }
        return ExitCode.DONE;
    }

    private static String was(TradingStates.Standing before) {
        return before.state() == TradingState.ACTIVE
                ? ", as it was"
                : ", was %s (%s: %s)".formatted(before.state(), before.by(), before.reason());
    }
}
