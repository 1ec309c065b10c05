package io.haetae.local.cli;

import io.haetae.calendar.CalendarCheck;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.Reach;
import io.haetae.config.SettingDefinition;
import io.haetae.config.SettingTable;
import io.haetae.config.Settings;
import io.haetae.functions.control.TradingControl;
import io.haetae.job.JobName;
import io.haetae.job.RunRecord;
import io.haetae.local.driver.Driver;
import io.haetae.local.home.FileSecrets;
import io.haetae.local.home.World;
import io.haetae.local.schedule.Template;
import io.haetae.local.store.SqliteStore;
import io.haetae.local.world.VenueWorld;
import io.haetae.local.world.WorldMark;
import io.haetae.store.CalendarCheckMapper;
import io.haetae.store.JobMapper;
import io.haetae.store.Store;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is stored of the jobs: each one's newest run and its next due time, and the trading state. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells, from what is stored, how each job last ended, when it is due, and the trading state.")
final class StatusCommand implements Callable<Integer> {

    private static final int DAYS_BACK = 10;
    private static final Duration AHEAD = Duration.ofDays(8);

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Option(names = "--settings", description = "tells every setting, its value and where that came from, instead")
    boolean settings;

    StatusCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    @Override
    public Integer call() {
        if (simulation.world.store != WorldOptions.StoreKind.sqlite) {
            throw new BadInputException("status tells what is kept: leave --store out");
        }
        Simulation.Given given = simulation.given();
        World world = simulation.world.isSimulated()
                ? new World(simulation.market().world())
                : simulation.home().lastOpened().orElseGet(() -> VenueWorld.of(given.settings()));
        Path folder = simulation.home().folder(world);
        PrintStream out = here.out();
        out.println("world " + world.id() + ", kept in " + folder);
        if (settings) {
            tellSettings(given, world, folder);
            return ExitCode.DONE;
        }
        Path file = folder.resolve("haetae.db");
        if (!Files.exists(file)) {
            out.println("nothing has run here yet");
            tellCalendar(given.settings().calendars().xkrx(), here.time().now());
            return ExitCode.DONE;
        }
        Template template = given.values().template(simulation.root());
        String user = given.settings().orchestrator().userId();
        try (Store store = SqliteStore.open(file)) {
            WorldMark.check(store, world);
            Instant now = Driver.clock(store).orElseGet(here.time()::now);
            out.printf(
                    Locale.ROOT,
                    "mode %s at KIS, %s at Saxo, user %s, time %s (%s)%n",
                    given.settings().koreanMode(),
                    given.settings().saxoMode(),
                    user,
                    now.atZone(XkrxCalendar.SEOUL).toLocalDateTime().withNano(0),
                    XkrxCalendar.SEOUL);
            tellCalendar(given.settings().calendars().xkrx(), now);
            new CalendarCheck(given.settings().calendars().xkrx(), new CalendarCheckMapper(store))
                    .refusal(LocalDate.ofInstant(now, XkrxCalendar.SEOUL))
                    .ifPresent(out::println);
            Map<JobName, RunRecord> newest = newest(new JobMapper(store), given.settings(), now);
            for (Template.Function function : template.functions()) {
                for (Template.Schedule schedule : function.schedules()) {
                    out.println(line(schedule, newest, now));
                }
            }
            new TradingControl(store, given.settings(), XkrxCalendar.SEOUL)
                    .status(now)
                    .forEach(out::println);
        }
        return ExitCode.DONE;
    }

    private void tellCalendar(TradingCalendar calendar, Instant now) {
        here.out().println("calendar of " + calendar.code() + " known to " + calendar.lastKnown());
        calendar.warning(calendar.dateAt(now)).ifPresent(warning -> here.out().println("warning: " + warning));
    }

    private void tellSettings(Simulation.Given given, World world, Path folder) {
        Settings values = given.settings();
        for (SettingDefinition<?> definition : SettingTable.all()) {
            if (definition.reach() != Reach.INTERNAL) {
                here.out()
                        .printf(
                                Locale.ROOT,
                                "%-44s %-20s %s%n",
                                definition.name(),
                                values.values().getOrDefault(definition.name(), definition.defaultText()),
                                values.sources().getOrDefault(definition.name(), "default"));
            }
        }
        if (!world.isSimulated()) {
            FileSecrets secrets = new FileSecrets(folder.resolve("secrets"), given.keys());
            new TreeMap<>(SettingTable.SECRETS).forEach((variable, secret) -> here.out()
                    .printf(
                            Locale.ROOT,
                            "%-44s %s%n",
                            variable,
                            secrets.get(secret).isPresent() ? "(set, not shown)" : "(not set)"));
        }
    }

    private static Map<JobName, RunRecord> newest(JobMapper ledger, Settings settings, Instant now) {
        Map<JobName, RunRecord> newest = new EnumMap<>(JobName.class);
        LocalDate today = LocalDate.ofInstant(now, XkrxCalendar.SEOUL);
        for (LocalDate day = today.minusDays(DAYS_BACK); !day.isAfter(today); day = day.plusDays(1)) {
            LocalDate date = day;
            settings.modes().stream()
                    .flatMap(mode -> ledger.runs(mode, date).stream())
                    .filter(run -> run.slot().mode() == settings.mode(run.slot().job()))
                    .sorted(Comparator.comparing(RunRecord::ended))
                    .forEach(run -> newest.put(run.slot().job(), run));
        }
        return newest;
    }

    private static String line(Template.Schedule schedule, Map<JobName, RunRecord> newest, Instant now) {
        Optional<RunRecord> last = newest.entrySet().stream()
                .filter(entry -> schedule.input().contains("\"" + entry.getKey().text() + "\""))
                .map(Map.Entry::getValue)
                .findFirst();
        String next = schedule.enabled()
                ? schedule.expression().between(now.plusMillis(1), now.plus(AHEAD)).stream()
                        .findFirst()
                        .map(moment -> moment.atZone(XkrxCalendar.SEOUL)
                                .toLocalDateTime()
                                .toString())
                        .orElse("not within 8 days")
                : "switched off";
        return "%-34s next %-18s last %s"
                .formatted(
                        schedule.name(),
                        next,
                        last.map(run -> run.at()
                                                .atZone(XkrxCalendar.SEOUL)
                                                .toLocalDateTime()
                                                .withNano(0) + " "
                                        + run.outcome()
                                        + (run.reason().isEmpty() ? "" : ": " + run.reason()))
                                .orElse("never"));
    }
}
