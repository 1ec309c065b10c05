package io.haetae.local.cli;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.job.JobName;
import io.haetae.job.RunRecord;
import io.haetae.local.driver.Driver;
import io.haetae.local.home.Home;
import io.haetae.local.home.World;
import io.haetae.local.schedule.Template;
import io.haetae.local.store.SqliteStore;
import io.haetae.local.world.Values;
import io.haetae.local.world.VenueWorld;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.risk.TradingStates;
import io.haetae.store.JobMapper;
import io.haetae.store.Store;
import io.haetae.store.TradingStateMapper;
import io.haetae.time.SystemTime;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is stored of the jobs: each one's newest run and its next due time, and the trading state. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells, from what is stored, how each job last ended, when it is due, and the trading state.")
final class StatusCommand implements Callable<Integer> {

    private static final int DAYS_BACK = 10;

    @Mixin
    Simulation simulation = new Simulation();

    @Override
    public Integer call() {
        Home home = simulation.world.home();
        Values values = simulation.values();
        World world = simulation.world.isSimulated()
                ? new World(simulation.market().world())
                : home.lastOpened().orElseGet(() -> VenueWorld.of(values));
        Path file = home.folder(world).resolve("haetae.db");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("world " + world.id() + ", kept in " + file.getParent());
        if (!Files.exists(file)) {
            out.println("nothing has run here yet");
            return ExitCode.DONE;
        }
        Template template = Simulation.template(values);
        String user = values.byName().getOrDefault("ORCHESTRATOR_USER_ID", "default_user");
        try (Store store = SqliteStore.open(file)) {
            Instant now = Driver.clock(store).orElseGet(() -> new SystemTime().now());
            out.printf(
                    Locale.ROOT,
                    "mode DRY_RUN, user %s, time %s (%s)%n",
                    user,
                    now.atZone(XkrxCalendar.SEOUL).toLocalDateTime().withNano(0),
                    XkrxCalendar.SEOUL);
            Map<JobName, RunRecord> newest = newest(new JobMapper(store), now);
            for (Template.Function function : template.functions()) {
                for (Template.Schedule schedule : function.schedules()) {
                    out.println(line(schedule, newest, now));
                }
            }
            TradingStates states = new TradingStateMapper(store);
            for (AccountId account : List.of(
                    new AccountId(Mode.DRY_RUN, Venue.KIS, user, "KRW"),
                    new AccountId(Mode.DRY_RUN, Venue.SAXO, user, "USD"))) {
                TradingStates.Standing standing = states.get(account);
                out.println("trading state " + account + ": " + standing.state()
                        + (standing.reason().isEmpty() ? "" : " (" + standing.by() + ": " + standing.reason() + ")"));
            }
        }
        return ExitCode.DONE;
    }

    private static Map<JobName, RunRecord> newest(JobMapper ledger, Instant now) {
        Map<JobName, RunRecord> newest = new EnumMap<>(JobName.class);
        LocalDate today = LocalDate.ofInstant(now, XkrxCalendar.SEOUL);
        for (LocalDate day = today.minusDays(DAYS_BACK); !day.isAfter(today); day = day.plusDays(1)) {
            ledger.runs(Mode.DRY_RUN, day).stream()
                    .sorted(Comparator.comparing(RunRecord::ended))
                    .forEach(run -> newest.put(run.slot().job(), run));
        }
        return newest;
    }

    private static String line(Template.Schedule schedule, Map<JobName, RunRecord> newest, Instant now) {
        String job = schedule.name();
        Optional<RunRecord> last = newest.entrySet().stream()
                .filter(entry -> schedule.input().contains("\"" + entry.getKey().text() + "\""))
                .map(Map.Entry::getValue)
                .findFirst();
        String next = schedule.enabled()
                ? schedule.expression().between(now, now.plusSeconds(8 * 86_400)).stream()
                        .findFirst()
                        .map(moment -> moment.atZone(XkrxCalendar.SEOUL)
                                .toLocalDateTime()
                                .toString())
                        .orElse("not within 8 days")
                : "switched off";
        return "%-34s next %-18s last %s"
                .formatted(
                        job,
                        next,
                        last.map(run -> run.at().atZone(XkrxCalendar.SEOUL).toLocalDateTime() + " " + run.outcome()
                                        + " " + run.reason())
                                .orElse("never"));
    }
}
