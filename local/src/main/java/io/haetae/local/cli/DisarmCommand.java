package io.haetae.local.cli;

import io.haetae.functions.control.TradingControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Takes the second key of live trading back. */
@Command(
        name = "disarm",
        mixinStandardHelpOptions = true,
        description =
                "Ends arming: live accounts enter nothing more, working entries are cancelled by the next run of a"
                        + " trading job; exits go on. For the real venues, or with --seed or --data for a simulated world.")
final class DisarmCommand extends ControlCommand {

    DisarmCommand(Surroundings here) {
        super(here);
    }

    @Override
    List<String> say(TradingControl control, TradingControl.Word word, Instant at) {
        List<String> lines = new ArrayList<>(control.disarm(person.venue(), word, at));
        lines.add("working entries are cancelled by the next run of a trading job; exits go on");
        return lines;
    }
}
