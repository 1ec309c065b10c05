package io.haetae.local.cli;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.Settings;
import io.haetae.functions.control.WatchlistControl;
import io.haetae.local.report.WatchlistExport;
import io.haetae.local.report.WatchlistPage;
import io.haetae.watchlist.Marks;
import io.haetae.watchlist.Performance;
import io.haetae.watchlist.Watchlist;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.WatchlistSnapshot;
import io.haetae.watchlist.Watchlists.Owner;
import io.haetae.watchlist.Wish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A user's watchlist, in a world on this machine or a deployed stack. */
@Command(
        name = "watchlist",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(add | list | update | clean | history | export | remove)",
        description = "Tells and changes a user's watchlist. In the world opened last, the one of --seed or --data, or"
                + " with --stack NAME a deployed stack. It may be used while jobs run.")
final class WatchlistCommand implements Callable<Integer> {

    private WatchlistCommand() {}

    /** The command with its subcommands. */
    static CommandLine of(Surroundings here) {
        return new CommandLine(new WatchlistCommand())
                .addSubcommand(new Add(here))
                .addSubcommand(new ListThem(here))
                .addSubcommand(new Update(here))
                .addSubcommand(new Clean(here))
                .addSubcommand(new History(here))
                .addSubcommand(new Export(here))
                .addSubcommand(new Remove(here));
    }

    @Override
    public Integer call() {
        throw new BadInputException(
                "watchlist needs to know what to do: one of add, list, update, clean, history, export, remove");
    }

    /** An open list. */
    private record Opened(KeptItems items, Owner owner, WatchlistControl control) {

        String heading() {
            return "%s, %s watchlist of %s".formatted(items.name(), owner.mode(), owner.user());
        }

        LocalDate today() {
            return LocalDate.ofInstant(items.now(), XkrxCalendar.SEOUL);
        }

        /** The newest session with scores, which a list lives from. */
        LocalDate session() {
            return control.newestScored()
                    .orElseThrow(() -> new BadInputException(
                            "no session is scored in %s yet: ./haetae day, or the jobs indicator_calculation and watchlist_update, score one"
                                    .formatted(items.name())));
        }
    }

    /** What the subcommands have in common. */
    abstract static class Action implements Callable<Integer> {

        final Surroundings here;

        @Mixin
        Simulation simulation;

        @Mixin
        StackOptions stack = new StackOptions();

        Action(Surroundings here) {
            this.here = here;
            this.simulation = new Simulation(here);
        }

        /** Refuses what makes no sense, before anything is opened. */
        abstract void check();

        abstract void act(Opened list);

        @Override
        public Integer call() {
            check();
            try (KeptItems items = KeptItems.open(here, simulation, stack, "watchlist")) {
                Owner owner = owner(items.settings());
                act(new Opened(items, owner, new WatchlistControl(items.store(), owner)));
            }
            return ExitCode.DONE;
        }

        private static Owner owner(Settings settings) {
            return new Owner(settings.koreanMode(), settings.orchestrator().userId());
        }

        /** A line when no job looks at the list. */
        static Optional<String> unwatched(Opened list) {
            Owner jobs = owner(list.items().configured());
            return jobs.equals(list.owner())
                    ? Optional.empty()
                    : Optional.of(
                            "  warning: the jobs look at the %s watchlist of %s: no alert of this one is told unless watchlist update is run for it"
                                    .formatted(jobs.mode(), jobs.user()));
        }

        void tell(List<String> lines) {
            lines.forEach(here.out()::println);
        }
    }

    /** Puts a share on the list. */
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Puts a share on the list at the close of the newest scored session. Prices are in won of the"
                    + " share as it is on that session; a later split changes them with the share.")
    static final class Add extends Action {

        @Parameters(paramLabel = "SYMBOL", description = "six characters, such as 005930")
        String symbol = "";

        @Option(names = "--target", paramLabel = "WON", description = "a price hoped for")
        @Nullable
        Long target;

        @Option(names = "--upper", paramLabel = "WON", description = "tell when a session closes at or above it")
        @Nullable
        Long upper;

        @Option(names = "--lower", paramLabel = "WON", description = "tell when a session closes at or below it")
        @Nullable
        Long lower;

        @Option(names = "--no-alerts", description = "keep the alert prices, but tell nothing when they are reached")
        boolean noAlerts;

        @Option(names = "--reason", paramLabel = "TEXT", description = "why (default: one made from its scores)")
        @Nullable
        String reason;

        @Option(names = "--tags", paramLabel = "TAG", split = ",", description = "words to find it by, comma between")
        List<String> tags = List.of();

        @Option(names = "--notes", paramLabel = "TEXT", description = "anything to remember")
        String notes = "";

        Add(Surroundings here) {
            super(here);
        }

        @Override
        void check() {
            StoredMarket.symbol(symbol);
            Wish _ = wish();
        }

        private Wish wish() {
            try {
                return new Wish(
                        symbol,
                        new Marks(target, !noAlerts, upper, lower),
                        Optional.ofNullable(reason).filter(text -> !text.isBlank()),
                        tags.stream().map(String::strip).toList(),
                        notes);
            } catch (IllegalArgumentException e) {
                throw new BadInputException(String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        void act(Opened list) {
            LocalDate session = list.session();
            Watchlist.Addition addition = list.control()
                    .add(wish(), session, list.items().now())
                    .orElseThrow(() -> new BadInputException(
                            "no share %s is in the rows of %s, the newest scored session: check the symbol; one that is listed since is there after the next collection"
                                    .formatted(symbol, session)));
            List<String> lines = new ArrayList<>();
            lines.add(list.heading());
            switch (addition) {
                case Watchlist.Addition.Added(WatchlistEntry entry, List<String> violations) -> {
                    lines.add("added:");
                    lines.addAll(WatchlistPage.details(entry));
                    if (!violations.isEmpty()) {
                        lines.add("  warning: the next update takes it off again: " + String.join(", ", violations));
                    }
                }
                case Watchlist.Addition.AlreadyThere(WatchlistEntry entry) -> {
                    lines.add("on the list already, nothing is changed:");
                    lines.addAll(WatchlistPage.details(entry));
                }
            }
            unwatched(list).ifPresent(lines::add);
            tell(lines);
        }
    }

    /** What a list is sorted by. */
    enum Sort {
        score,
        added,
        symbol,
        change
    }

    /** Tells the list. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Tells what is on the list, and how it has done as a whole.")
    static final class ListThem extends Action {

        @Option(
                names = "--sort",
                defaultValue = "score",
                description = "by: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
        Sort sort = Sort.score;

        @Option(names = "--asc", description = "the least first (default for symbol)")
        boolean ascending;

        @Option(names = "--desc", description = "the greatest first (default for the others)")
        boolean descending;

        @Option(names = "--all", description = "what was taken off too")
        boolean all;

        @Option(names = "--details", description = "all that is known of each")
        boolean details;

        ListThem(Surroundings here) {
            super(here);
        }

        @Override
        void check() {
            if (ascending && descending) {
                throw new BadInputException("--asc and --desc ask for different orders: give one of them");
            }
        }

        @Override
        void act(Opened list) {
            List<WatchlistEntry> entries = list.control().entries();
            List<WatchlistEntry> active =
                    entries.stream().filter(WatchlistEntry::active).toList();
            List<String> lines = new ArrayList<>();
            lines.add(list.heading());
            List<WatchlistEntry> shown =
                    (all ? entries : active).stream().sorted(order()).toList();
            if (!shown.isEmpty()) {
                lines.addAll(WatchlistPage.list(shown, details));
            }
            lines.add(WatchlistPage.performance(Performance.of(active)));
            tell(lines);
        }

        private Comparator<WatchlistEntry> order() {
            boolean up = ascending || sort == Sort.symbol && !descending;
            return switch (sort) {
                case score ->
                    // What has no score is last either way.
                    Comparator.comparing(
                                    WatchlistEntry::composite, Comparator.nullsLast(ListThem.<Double>direction(up)))
                            .thenComparing(WatchlistEntry::symbol);
                case added -> by(WatchlistEntry::added, direction(up));
                case symbol -> by(WatchlistEntry::symbol, direction(up));
                case change -> by(entry -> entry.progress().changePct(), direction(up));
            };
        }

        private static <T> Comparator<WatchlistEntry> by(Function<WatchlistEntry, T> key, Comparator<? super T> order) {
            return Comparator.comparing(key, order).thenComparing(WatchlistEntry::symbol);
        }

        private static <T extends Comparable<? super T>> Comparator<T> direction(boolean up) {
            return up ? Comparator.naturalOrder() : Comparator.reverseOrder();
        }
    }

    /** Does what the daily job does to the list. */
    @Command(
            name = "update",
            mixinStandardHelpOptions = true,
            description =
                    "Brings the list up to the newest scored session, as the daily job does after it has scored it:"
                            + " a snapshot of each share, alerts, removals by the criteria, the best scores added. Done again it"
                            + " changes nothing.")
    static final class Update extends Action {

        Update(Surroundings here) {
            super(here);
        }

        @Override
        void check() {}

        @Override
        void act(Opened list) {
            LocalDate session = list.session();
            Watchlist.Update update =
                    list.control().update(session, list.items().now());
            List<String> lines = new ArrayList<>();
            lines.add(list.heading());
            list.control()
                    .newestStored()
                    .filter(stored -> stored.isAfter(session))
                    .ifPresent(stored ->
                            lines.add("warning: %s is stored and not scored yet: the job watchlist_update does"
                                    .formatted(stored)));
            update.warnings().forEach(warning -> lines.add("warning: " + warning));
            lines.addAll(update.told());
            lines.add("session %s: %d on the list, %d added, %d removed, %d alerts"
                    .formatted(
                            session,
                            update.entries().stream()
                                    .filter(WatchlistEntry::active)
                                    .count(),
                            update.added().size(),
                            update.removed().size(),
                            update.alerts().size()));
            tell(lines);
        }
    }

    /** Takes off what breaks a criterion. */
    @Command(
            name = "clean",
            mixinStandardHelpOptions = true,
            description = "Takes off what breaks a criterion of the list by the newest scored session, and does nothing"
                    + " else: volatility above 40 %%, PER above 50 or a loss, PBR above 5, debt above 200 %%, fewer than"
                    + " 100,000 shares a day. A figure that is not known breaks nothing.")
    static final class Clean extends Action {

        Clean(Surroundings here) {
            super(here);
        }

        @Override
        void check() {}

        @Override
        void act(Opened list) {
            LocalDate session = list.session();
            List<WatchlistEntry> removed = list.control().clean(session);
            List<String> lines = new ArrayList<>();
            lines.add(list.heading());
            removed.forEach(entry -> lines.add("%s %s: %s".formatted(entry.symbol(), entry.name(), entry.lastNote())));
            lines.add("session %s: %d removed, %d on the list"
                    .formatted(
                            session,
                            removed.size(),
                            list.control().entries().stream()
                                    .filter(WatchlistEntry::active)
                                    .count()));
            tell(lines);
        }
    }

    /** Tells a share's snapshots. */
    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description =
                    "Tells how a share has done on the list, a line a session; it stays when the share is removed.")
    static final class History extends Action {

        @Parameters(paramLabel = "SYMBOL", description = "six characters, such as 005930")
        String symbol = "";

        @Option(names = "--last", paramLabel = "N", description = "only the last N days (default: all)")
        @Nullable
        Long last;

        History(Surroundings here) {
            super(here);
        }

        @Override
        void check() {
            StoredMarket.symbol(symbol);
            if (last != null && (last < 1 || last > 36_500)) {
                throw new BadInputException("--last " + last + ": a number of days from 1 to 36500 is expected");
            }
        }

        @Override
        void act(Opened list) {
            LocalDate from = last == null ? LocalDate.EPOCH : list.today().minusDays(last);
            List<WatchlistSnapshot> snapshots = list.control().history(symbol, from);
            if (snapshots.isEmpty()) {
                throw new BadInputException(
                        "%s has no history on the watchlist of %s%s: ./haetae watchlist list --all tells what has"
                                .formatted(symbol, list.owner().user(), last == null ? "" : " since " + from));
            }
            List<String> lines = new ArrayList<>();
            lines.add(list.heading() + ", " + symbol);
            lines.addAll(WatchlistPage.history(snapshots));
            tell(lines);
        }
    }

    /** How a list is written for others. */
    enum Format {
        csv,
        json
    }

    /** Writes the list for another program. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes the list as CSV of 19 columns, or as one JSON document.")
    static final class Export extends Action {

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

        Export(Surroundings here) {
            super(here);
        }

        @Override
        void check() {
            if (history && format == Format.csv) {
                throw new BadInputException("--history has no place in the CSV: add --format json");
            }
            Path file = out;
            if (file != null && Files.exists(file)) {
                throw new BadInputException("--out " + file + " is there already: name a new file");
            }
            Path parent = file == null ? null : file.toAbsolutePath().getParent();
            if (parent != null && !Files.isDirectory(parent)) {
                throw new BadInputException("--out " + file + ": there is no such folder");
            }
        }

        @Override
        void act(Opened list) {
            WatchlistExport export = new WatchlistExport(
                    list.items().name(),
                    list.owner(),
                    list.items().now(),
                    list.control().entries().stream()
                            .filter(entry -> all || entry.active())
                            .sorted(WatchlistEntry.BY_SCORE)
                            .toList());
            String text =
                    switch (format) {
                        case csv -> export.csv();
                        case json ->
                            (history
                                            ? export.json(
                                                    entry -> list.control().history(entry.symbol(), LocalDate.EPOCH))
                                            : export.json())
                                    + "\n";
                    };
            Path file = out;
            if (file == null) {
                here.out().print(text);
            } else {
                write(file, text);
                here.out().println("%d entries in %s".formatted(export.entries().size(), file));
            }
        }

        private static void write(Path file, String text) {
            try {
                Path next = Files.createTempFile(file.toAbsolutePath().getParent(), "watchlist-", ".new");
                try {
                    Files.writeString(next, text, StandardCharsets.UTF_8);
                    Files.move(next, file);
                } finally {
                    Files.deleteIfExists(next);
                }
            } catch (IOException e) {
                throw new BadInputException("--out %s cannot be written: %s".formatted(file, e.getMessage()), e);
            }
        }
    }

    /** Takes a share off the list. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes a share off the list; its history stays, and only a person puts it back."
                    + " With --forever nothing is left of it, not even that a person did not want it: the best scores may"
                    + " put it on the list again.")
    static final class Remove extends Action {

        @Parameters(paramLabel = "SYMBOL", description = "six characters, such as 005930")
        String symbol = "";

        @Option(names = "--forever", description = "deletes the entry, active or not, and its history")
        boolean forever;

        Remove(Surroundings here) {
            super(here);
        }

        @Override
        void check() {
            StoredMarket.symbol(symbol);
        }

        @Override
        void act(Opened list) {
            boolean done = forever
                    ? list.control().erase(symbol)
                    : list.control().remove(symbol, list.today()).isPresent();
            if (!done) {
                throw new BadInputException("%s is not on the watchlist of %s: ./haetae watchlist list%s tells what is"
                        .formatted(symbol, list.owner().user(), forever ? " --all" : ""));
            }
            tell(List.of(list.heading(), forever ? symbol + " and its history are deleted" : symbol + " is taken off"));
        }
    }
}
