package io.haetae.job;

import java.util.Locale;
import java.util.Optional;

/** The jobs, by the names that events, ledger and command line use. */
public enum JobName {
    DATA_COLLECTION(Rhythm.DAILY),
    DATA_CATCHUP(Rhythm.DAILY),
    CALENDAR_REFRESH(Rhythm.DAILY),
    INDICATOR_CALCULATION(Rhythm.DAILY),
    WATCHLIST_UPDATE(Rhythm.DAILY),
    STATEMENT_COLLECTION(Rhythm.DAILY),
    SIGNAL_GENERATION(Rhythm.DAILY),
    POSITION_MONITORING(Rhythm.INTERVAL),
    RISK_CHECKS(Rhythm.INTERVAL),
    SAXO_CYCLE(Rhythm.INTERVAL),
    SAXO_TOKEN(Rhythm.INTERVAL);

    /** Daily jobs have a slot a session, interval jobs one a scheduled time. */
    public enum Rhythm {
        DAILY,
        INTERVAL
    }

    private final Rhythm rhythm;

    JobName(Rhythm rhythm) {
        this.rhythm = rhythm;
    }

    public Rhythm rhythm() {
        return rhythm;
    }

    /** {@code data_collection}: the name outside Java. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<JobName> parse(String text) {
        for (JobName job : values()) {
            if (job.text().equals(text)) {
                return Optional.of(job);
            }
        }
        return Optional.empty();
    }
}
