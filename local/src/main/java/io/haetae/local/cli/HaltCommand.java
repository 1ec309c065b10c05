package io.haetae.local.cli;

import io.haetae.functions.control.TradingControl;
import io.haetae.risk.TradingState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops entering, now and until a person resumes. */
@Command(
        name = "halt",
        mixinStandardHelpOptions = true,
        description =
                "Halts trading: nothing is entered, working entries are cancelled by the next run of a trading job;"
                        + " protective exits go on. For the real venues, or with --seed or --data for a simulated world.")
final class HaltCommand extends ControlCommand {

    @Option(names = "--reducing", description = "every exit goes on, a fundamental one too; only entries stop")
    boolean reducing;

    HaltCommand(Surroundings here) {
        super(here);
    }

    @Override
    List<String> say(TradingControl control, TradingControl.Word word, Instant at) {
        TradingState state = reducing ? TradingState.REDUCING : TradingState.HALTED;
        List<String> lines = new ArrayList<>(control.halt(person.venue(), state, word, at));
        lines.add("working entries are cancelled by the next run of a trading job");
        return lines;
    }
}
