package io.haetae.calendar;

import java.util.List;

/** Overrides of calendar dates make no sense. */
public final class InvalidOverridesException extends RuntimeException {

    private final List<String> problems;

    InvalidOverridesException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each, beginning with the override it is about. */
    public List<String> problems() {
        return problems;
    }
}
