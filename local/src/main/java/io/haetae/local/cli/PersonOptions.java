package io.haetae.local.cli;

import picocli.CommandLine.Option;

/** Who says so, and why: what is written beside a word that only a person may give. */
final class PersonOptions {

    private static final int LONGEST = 200;

    @Option(names = "--by", paramLabel = "NAME", required = true, description = "the person who says so")
    String by = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for whoever reads it later")
    String reason = "";

    /** @throws BadInputException when either says nothing, or too much */
    PersonOptions checked() {
        check("--by", by);
        check("--reason", reason);
        return this;
    }

    private static void check(String option, String text) {
        if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new BadInputException("%s: one line of 1 to %d characters is expected".formatted(option, LONGEST));
        }
    }
}
