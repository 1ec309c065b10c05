package io.haetae.local.cli;

import io.haetae.functions.control.TradingControl;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** Lets an account enter again: a person's word alone. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Lifts a halt of the accounts that the settings trade for. For the real venues, or with --seed or"
                + " --data for a simulated world.")
final class ResumeCommand extends ControlCommand {

    ResumeCommand(Surroundings here) {
        super(here);
    }

    @Override
    List<String> say(TradingControl control, TradingControl.Word word, Instant at) {
        return control.resume(person.venue(), word, at);
    }
}
