package io.haetae.job;

import io.haetae.portfolio.Mode;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/**
 * What the configuration says about one job.
 *
 * @param enabled the job's switch; runs by hand ignore it
 * @param switchName the setting behind the switch, named when it is off
 * @param mode of the venue the job works for
 * @param user the configured user; an event may name another
 * @param narrowedOpen opens the monitoring hours later than the session does; empty follows the session
 * @param narrowedClose ends them earlier
 * @param longest how long one run may take
 */
public record JobPolicy(
        JobName job,
        boolean enabled,
        String switchName,
        Mode mode,
        String user,
        Optional<LocalTime> narrowedOpen,
        Optional<LocalTime> narrowedClose,
        Duration longest) {}
