package io.haetae.local.cli;

import io.haetae.local.report.WatchlistPage;
import io.haetae.watchlist.Edit;
import io.haetae.watchlist.Edit.Part;
import io.haetae.watchlist.WatchlistEntry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes what was said of a share on the list. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description =
                "Changes what was said of a share on the list; what is not named stays as it is. Prices are in won of"
                        + " the share as it is on the newest scored session; a later split changes them with the share.")
final class WatchlistSetCommand extends WatchlistAction {

    /** What may be empty. */
    enum Clearable {
        target(Part.TARGET),
        upper(Part.UPPER),
        lower(Part.LOWER),
        tags(Part.TAGS),
        notes(Part.NOTES);

        private final Part part;

        Clearable(Part part) {
            this.part = part;
        }
    }

    @Parameters(paramLabel = "SYMBOL", description = "six characters, such as 005930")
    String symbol = "";

    @Mixin
    WishOptions said = new WishOptions();

    @Option(
            names = "--alerts",
            negatable = true,
            description = "whether it is told when an alert price is reached; the prices stay")
    @Nullable
    Boolean alerts;

    @Option(
            names = "--clear",
            paramLabel = "NAME",
            split = ",",
            description = "of ${COMPLETION-CANDIDATES}, comma between: there shall be none")
    List<Clearable> cleared = new ArrayList<>();

    WatchlistSetCommand(Surroundings here) {
        super(here);
    }

    @Override
    void check() {
        StoredMarket.symbol(symbol);
        Edit _ = edit();
    }

    private Edit edit() {
        Set<Part> parts = given();
        for (Clearable one : cleared) {
            if (!parts.add(one.part)) {
                throw new BadInputException(
                        "--clear %s, though it is given or cleared already: say it once".formatted(one));
            }
        }
        if (parts.isEmpty()) {
            throw new BadInputException(
                    "nothing is to be changed: give --target, --upper, --lower, --alerts, --no-alerts, --reason, --tags, --notes or --clear");
        }
        try {
            return new Edit(said.wish(symbol, !Boolean.FALSE.equals(alerts)), parts);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private Set<Part> given() {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        addIf(parts, Part.TARGET, said.target);
        addIf(parts, Part.UPPER, said.upper);
        addIf(parts, Part.LOWER, said.lower);
        addIf(parts, Part.ALERTS, alerts);
        addIf(parts, Part.REASON, said.reason);
        addIf(parts, Part.TAGS, said.tags);
        addIf(parts, Part.NOTES, said.notes);
        return parts;
    }

    private static void addIf(Set<Part> parts, Part part, @Nullable Object given) {
        if (given != null) {
            parts.add(part);
        }
    }

    @Override
    void act(OpenWatchlist list) {
        WatchlistEntry entry = edited(list)
                .orElseThrow(() -> list.notThere(symbol, "./haetae watchlist add %s puts it there".formatted(symbol)));
        List<String> lines = new ArrayList<>(List.of(list.heading(), "changed:"));
        lines.addAll(WatchlistPage.details(entry));
        list.beyond(entry).ifPresent(lines::add);
        list.unwatched().ifPresent(lines::add);
        tell(lines);
    }

    private Optional<WatchlistEntry> edited(OpenWatchlist list) {
        try {
            return list.control().edit(edit());
        } catch (IllegalArgumentException e) {
            throw new BadInputException("%s: %s".formatted(symbol, e.getMessage()), e);
        }
    }
}
