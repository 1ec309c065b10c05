package io.haetae.order;

import java.util.Locale;

/** Why a position is sold, most urgent first. A more urgent exit takes over from a less urgent one. */
public enum ExitRule {
    EMERGENCY(true),
    /** Someone said so. */
    PERSON(true),
    STOP(true),
    TRAILING(true),
    TAKE_PROFIT(false),
    TECHNICAL(false),
    FUNDAMENTALS(false);

    private final boolean passesHalt;

    ExitRule(boolean passesHalt) {
        this.passesHalt = passesHalt;
    }

    /** A halted account still sells by this rule. */
    public boolean passesHalt() {
        return passesHalt;
    }

    public boolean moreUrgentThan(ExitRule other) {
        return compareTo(other) < 0;
    }

    /** {@code take_profit}: the name in causes and reports. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
