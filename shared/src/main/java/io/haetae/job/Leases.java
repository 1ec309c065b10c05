package io.haetae.job;

import io.haetae.portfolio.Mode;
import java.util.Optional;

/** How leases are named: one for each job and account. A fence carries the name of its lease. */
public final class Leases {

    /** Sort key of every lease item; its partition key is the lease's name. */
    public static final String SORT = "LEASE";

    /** The whole-number attribute that grows with every taking. */
    public static final String FENCE = "fence";

    private Leases() {}

    /** {@code LEASE#signal_generation#DRY_RUN#default_user}; jobs that serve everyone have {@code -} for the user. */
    public static String name(JobName job, Mode mode, Optional<String> user) {
        return "LEASE#" + job.text() + "#" + mode + "#" + user.orElse("-");
    }
}
