package io.haetae.market;

import java.time.LocalDate;

/** A rule with dates was asked for a date its tables do not cover. Another date's rule must not stand in for it. */
public final class UncoveredDateException extends RuntimeException {

    public UncoveredDateException(String rule, LocalDate date, LocalDate from) {
        super("%s are known from %s on, not for %s".formatted(rule, from, date));
    }
}
