package io.haetae.local.cli;

import io.haetae.functions.control.TradingControl;
import io.haetae.market.Venue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who says so, why, and of which venue: what stands beside a word that only a person may give. */
final class PersonOptions {

    @Option(names = "--by", paramLabel = "NAME", required = true, description = "the person who says so")
    String by = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for whoever reads it later")
    String reason = "";

    @Option(names = "--venue", description = "only there: ${COMPLETION-CANDIDATES}")
    @Nullable
    Venue venue;

    /** @throws BadInputException when the name or the reason says nothing, or too much */
    TradingControl.Word word() {
        try {
            return new TradingControl.Word(by, reason);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--by and --reason: " + e.getMessage(), e);
        }
    }

    Optional<Venue> venue() {
        return Optional.ofNullable(venue);
    }
}
