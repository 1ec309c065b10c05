package io.haetae.local.cli;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.Settings;
import io.haetae.functions.control.TradingControl;
import io.haetae.local.home.World;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A word of a person about trading as a whole. It holds at once, also for a command that runs in the same folder. */
abstract class ControlCommand implements Callable<Integer> {

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Mixin
    PersonOptions person = new PersonOptions();

    ControlCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    /**
     * Says it.
     *
     * @return what stands afterwards, a line each
     * @throws IllegalArgumentException in one line, when it makes no sense
     */
    abstract List<String> say(TradingControl control, TradingControl.Word word, Instant at);

    /**
     * Whether it makes sense, before a world is made for it.
     *
     * @throws IllegalArgumentException in one line, when it does not
     */
    void check(Settings settings, TradingControl.Word word, Instant at) {}

    @Override
    public Integer call() {
        TradingControl.Word word = person.word();
        Simulation.Given given = simulation.given();
        try {
            if (!simulation.world.isSimulated()) {
                check(given.settings(), word, here.time().now());
            }
            say(given, word);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
        return ExitCode.DONE;
    }

    private void say(Simulation.Given given, TradingControl.Word word) {
        try (StoredWorld stored = StoredWorld.toCommand(simulation)) {
            TradingControl control = new TradingControl(stored.store(), given.settings(), XkrxCalendar.SEOUL);
            List<String> lines = say(control, word, stored.now(here));
            here.out().println(heading(stored.world()));
            lines.forEach(here.out()::println);
        }
    }

    /** Which world was spoken to, and that another was looked at last. */
    private String heading(World world) {
        return "world " + world.id()
                + simulation
                        .home()
                        .lastOpened()
                        .filter(last -> !last.equals(world) && last.isSimulated())
                        .map(last -> " (" + last.id() + ", opened last, is not touched: --seed or --data names it)")
                        .orElse("");
    }
}
