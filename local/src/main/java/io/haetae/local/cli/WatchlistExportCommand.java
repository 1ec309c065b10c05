package io.haetae.local.cli;

import io.haetae.local.report.WatchlistExport;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.Watchlists.Listing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the list for another program. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes the list as CSV of 19 columns, or as one JSON document.")
final class WatchlistExportCommand extends WatchlistAction {

    /** How a list is written for others. */
    enum Format {
        csv,
        json
    }

    @Option(
            names = "--format",
            defaultValue = "csv",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    Format format = Format.csv;

    @Option(names = "--history", description = "every share's snapshots too, in JSON")
    boolean history;

    @Option(names = "--all", description = "what was taken off too")
    boolean all;

    @Option(names = "--out", paramLabel = "FILE", description = "into a new file (default: printed)")
    @Nullable
    Path out;

    WatchlistExportCommand(Surroundings here) {
        super(here);
    }

    @Override
    void check() {
        if (history && format == Format.csv) {
            throw new BadInputException("--history has no place in the CSV: add --format json");
        }
        if (out != null) {
            Path file = here.workingFolder().resolve(out);
            if (Files.exists(file)) {
                throw new BadInputException("--out " + out + " is there already: name a new file");
            }
            if (!Files.isDirectory(folder(file))) {
                throw new BadInputException("--out " + out + ": there is no such folder");
            }
        }
    }

    private static Path folder(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    }

    @Override
    void act(OpenWatchlist list) {
        Listing listing = list.control().listing();
        listing.warnings().forEach(warning -> here.err().println("warning: " + warning));
        WatchlistExport export = new WatchlistExport(
                list.items().name(),
                list.owner(),
                list.items().now(),
                listing.entries().stream()
                        .filter(entry -> all || entry.active())
                        .sorted(WatchlistEntry.BY_SCORE)
                        .toList());
        String text =
                switch (format) {
                    case csv -> export.csv();
                    case json ->
                        (history
                                        ? export.json(entry -> list.control().history(entry.symbol(), LocalDate.EPOCH))
                                        : export.json())
                                + "\n";
                };
        Path file = out;
        if (file == null) {
            here.out().print(text);
        } else {
            write(here.workingFolder().resolve(file), text);
            here.out().println("%d entries in %s".formatted(export.entries().size(), file));
        }
    }

    private static void write(Path file, String text) {
        try {
            Path next = Files.createTempFile(folder(file), "watchlist-", ".new");
            try {
                Files.writeString(next, text, StandardCharsets.UTF_8);
                Files.move(next, file);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "--out %s cannot be written (%s): name a file in a folder that can be written to"
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }
}
