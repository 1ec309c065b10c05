package io.haetae.local.driver;

import io.haetae.job.Run;
import io.haetae.job.RunListener;
import io.haetae.job.RunRecord;
import io.haetae.job.Slot;
import java.util.stream.Collectors;

/** Says of every run, in the log, when it began and how it ended. */
public final class LogListener implements RunListener {

    private static final System.Logger LOG = System.getLogger("io.haetae.run");

    @Override
    public void started(Run run) {
        LOG.log(System.Logger.Level.INFO, () -> "%s %s %s: begins"
                .formatted(run.slot().job().text(), run.slot().due(), run.slot().mode()));
    }

    @Override
    public void ended(RunRecord record) {
        System.Logger.Level level =
                record.outcome().equals("FAILED") ? System.Logger.Level.ERROR : System.Logger.Level.INFO;
        LOG.log(level, () -> "%s %s %s: %s after %s ms, %s%s"
                .formatted(
                        record.slot().job().text(),
                        record.slot().due(),
                        record.slot().mode(),
                        record.outcome(),
                        record.duration().toMillis(),
                        record.reason(),
                        record.statistics().entrySet().stream()
                                .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining())));
    }

    @Override
    public void troubled(Slot slot, String what, RuntimeException cause) {
        LOG.log(
                System.Logger.Level.WARNING,
                () -> slot.job().text() + " " + slot.due() + " " + slot.mode() + ": " + what,
                cause);
    }
}
