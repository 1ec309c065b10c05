package io.haetae.market;

import java.time.LocalDate;

/** A rule with dates was asked for a date its tables do not cover. Another date's rule must not stand in for it. */
public final class UncoveredDateException extends RuntimeException {

    /** @param rule what is dated, plural: the beginning of a sentence */
    public UncoveredDateException(String rule, LocalDate date, LocalDate from) {
        super("%s are known from %s on, not for %s".formatted(rule, from, date));
    }

    /** As the other, of a rule that also ends. */
    public UncoveredDateException(String rule, LocalDate date, LocalDate from, LocalDate to) {
        super("%s are known from %s to %s, not for %s".formatted(rule, from, to, date));
    }
}
