package io.haetae.local.cli;

import io.haetae.watchlist.Marks;
import io.haetae.watchlist.Wish;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a person says of a share on a watchlist. What is null was not said. */
final class WishOptions {

    @Option(names = "--target", paramLabel = "WON", description = "a price hoped for")
    @Nullable
    Long target;

    @Option(names = "--upper", paramLabel = "WON", description = "tell when a session closes at or above it")
    @Nullable
    Long upper;

    @Option(names = "--lower", paramLabel = "WON", description = "tell when a session closes at or below it")
    @Nullable
    Long lower;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "why it is watched (added without one, it gets one made from its scores)")
    @Nullable
    String reason;

    @Option(names = "--tags", paramLabel = "TAG", split = ",", description = "words to find it by, comma between")
    @Nullable
    List<String> tags;

    @Option(names = "--notes", paramLabel = "TEXT", description = "anything to remember")
    @Nullable
    String notes;

    /** @throws BadInputException when it makes no sense */
    Wish wish(String symbol, boolean alerts) {
        try {
            return new Wish(
                    symbol,
                    new Marks(target, alerts, upper, lower),
                    Optional.ofNullable(reason).filter(text -> !text.isBlank()),
                    tags == null ? List.of() : tags.stream().map(String::strip).toList(),
                    notes == null ? "" : notes);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
