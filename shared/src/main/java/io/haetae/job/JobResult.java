package io.haetae.job;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a run ended. A failure is an exception, recorded as {@link Failed} and rethrown. */
public sealed interface JobResult {

    /** The word in ledgers, logs and reports. */
    String outcome();

    /** One line: why, or what was done. */
    String reason();

    /**
     * The only final outcome.
     *
     * @param statistics counts by name, kept in order of name
     * @param followUps derived runs that this one makes due
     * @param lines what a person wants to read, such as the signals; also in the invocation's answer
     */
    record Done(String reason, Map<String, Long> statistics, List<JobEvent> followUps, List<String> lines)
            implements JobResult {
        public Done {
            statistics = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(statistics));
            followUps = List.copyOf(followUps);
            lines = List.copyOf(lines);
        }

        @Override
        public String outcome() {
            return "DONE";
        }
    }

    /**
     * Nothing was due or possible, and nobody need act: closed today, no key, running already. The slot stays open.
     *
     * @param lines what a person who asked wants to read all the same, such as signals shown outside the entry window
     * @param followUps derived runs that can do with what is there while the rest is waited for
     */
    record Skipped(String reason, List<String> lines, List<JobEvent> followUps) implements JobResult {
        public Skipped {
            lines = List.copyOf(lines);
            followUps = List.copyOf(followUps);
        }

        public Skipped(String reason, List<String> lines) {
            this(reason, lines, List.of());
        }

        public Skipped(String reason) {
            this(reason, List.of());
        }

        @Override
        public String outcome() {
            return "SKIPPED";
        }
    }

    /**
     * The inputs do not hold what the job needs, or a person's word is missing. The slot stays open.
     *
     * @param lines what a person wants to read all the same
     */
    record Refused(String reason, List<String> lines) implements JobResult {
        public Refused {
            lines = List.copyOf(lines);
        }

        public Refused(String reason) {
            this(reason, List.of());
        }

        @Override
        public String outcome() {
            return "REFUSED";
        }
    }

    /** The slot was filled before; the stored result. */
    record AlreadyDone(Done stored) implements JobResult {
        @Override
        public String outcome() {
            return "ALREADY_DONE";
        }

        @Override
        public String reason() {
            return stored.reason();
        }
    }

    /** A newer slot of the interval job is due: this one is let go. */
    record Coalesced(String reason) implements JobResult {
        @Override
        public String outcome() {
            return "COALESCED";
        }
    }

    /** Recorded, then rethrown. */
    record Failed(String reason) implements JobResult {
        @Override
        public String outcome() {
            return "FAILED";
        }
    }
}
