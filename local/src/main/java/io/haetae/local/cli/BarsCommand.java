package io.haetae.local.cli;

import io.haetae.market.Adjustment;
import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.MarketDay;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One share's stored sessions. */
@Command(
        name = "bars",
        mixinStandardHelpOptions = true,
        description = "Prints a share's stored sessions: raw, as the Exchange published them, or adjusted to the newest"
                + " stored session.")
final class BarsCommand implements Callable<Integer> {

    /** Sessions shown when no range is asked for. */
    private static final int NEWEST = 30;

    /** Calendar days that surely hold them. */
    private static final int DAYS = 70;

    private static final int SESSIONS_A_READ = 50;

    /** Adjusted prices are shown to this many decimals. */
    private static final int DECIMALS = 4;

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Parameters(paramLabel = "SYMBOL", description = "six characters, such as 005930")
    String symbol = "";

    @Option(names = "--from", paramLabel = "DATE", description = "the oldest session (default: 30 sessions back)")
    @Nullable
    LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "the newest session (default: the newest stored)")
    @Nullable
    LocalDate to;

    @Option(names = "--adjusted", description = "for splits and the like, by the breaks of the base price")
    boolean adjusted;

    @Option(names = "--csv", description = "date,symbol,open,high,low,close,volume,value")
    boolean csv;

    BarsCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    private record Line(LocalDate session, DailyRow row, BigDecimal factor) {

        String price(long won) {
            BigDecimal price = BigDecimal.valueOf(won).multiply(factor, MathContext.DECIMAL128);
            return price.setScale(DECIMALS, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros()
                    .toPlainString();
        }

        String volume() {
            return BigDecimal.valueOf(row.volume())
                    .divide(factor, MathContext.DECIMAL128)
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .toPlainString();
        }
    }

    @Override
    public Integer call() {
        StoredMarket.symbol(symbol);
        try (StoredMarket stored = StoredMarket.open(here, simulation, "bars")) {
            LocalDate last = Optional.ofNullable(to).orElseGet(stored::last);
            List<LocalDate> sessions = sessions(stored, last);
            List<Line> lines = lines(stored, sessions);
            if (lines.isEmpty()) {
                throw new BadInputException("%s is in no stored session %s"
                        .formatted(
                                symbol,
                                sessions.isEmpty()
                                        ? "up to " + last
                                        : "from " + sessions.getFirst() + " to " + sessions.getLast()));
            }
            print(lines);
        }
        return ExitCode.DONE;
    }

    private List<LocalDate> sessions(StoredMarket stored, LocalDate last) {
        if (from != null && from.isAfter(last)) {
            throw new BadInputException("nothing lies from %s to %s".formatted(from, last));
        }
        List<LocalDate> sessions = stored.data().coverage(from == null ? last.minusDays(DAYS) : from, last).stream()
                .map(Coverage::session)
                .toList();
        return from == null ? sessions.subList(Math.max(0, sessions.size() - NEWEST), sessions.size()) : sessions;
    }

    private List<Line> lines(StoredMarket stored, List<LocalDate> sessions) {
        List<Line> lines = new ArrayList<>();
        for (int at = 0; at < sessions.size(); at += SESSIONS_A_READ) {
            List<LocalDate> some = sessions.subList(at, Math.min(sessions.size(), at + SESSIONS_A_READ));
            for (MarketDay day : stored.data().days(some)) {
                day.row(symbol).ifPresent(row -> lines.add(new Line(day.session(), row, BigDecimal.ONE)));
            }
        }
        return adjusted && !lines.isEmpty() ? adjust(stored, lines) : lines;
    }

    /** A session's prices are multiplied by every break after it, up to the newest stored session. */
    private List<Line> adjust(StoredMarket stored, List<Line> lines) {
        List<Adjustment> breaks = stored.data().adjustments(lines.getFirst().session(), stored.last()).stream()
                .filter(one -> one.symbol().equals(symbol))
                .toList();
        List<Line> adjusted = new ArrayList<>(lines.size());
        BigDecimal factor = BigDecimal.ONE;
        int at = breaks.size() - 1;
        for (Line line : lines.reversed()) {
            for (; at >= 0 && breaks.get(at).session().isAfter(line.session()); at--) {
                factor = factor.multiply(breaks.get(at).factor(), MathContext.DECIMAL128);
            }
            adjusted.add(new Line(line.session(), line.row(), factor));
        }
        return adjusted.reversed();
    }

    private void print(List<Line> lines) {
        if (csv) {
            here.out().println("date,symbol,open,high,low,close,volume,value");
        } else {
            DailyRow newest = lines.getLast().row();
            here.out().println(symbol + " " + newest.name() + ", " + newest.market() + (adjusted ? ", adjusted" : ""));
            here.out()
                    .printf(
                            Locale.ROOT,
                            "%-10s %12s %12s %12s %12s %14s %18s%n",
                            "session",
                            "open",
                            "high",
                            "low",
                            "close",
                            "volume",
                            "value");
        }
        String format = csv ? "%s,%s,%s,%s,%s,%s,%s,%s%n" : "%s %3$12s %4$12s %5$12s %6$12s %7$14s %8$18s%n";
        for (Line line : lines) {
            DailyRow row = line.row();
            here.out()
                    .printf(
                            Locale.ROOT,
                            format,
                            line.session(),
                            symbol,
                            line.price(row.open()),
                            line.price(row.high()),
                            line.price(row.low()),
                            line.price(row.close()),
                            line.volume(),
                            row.value());
        }
    }
}
