package io.haetae.local.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report as text for a terminal: what ran, what was traded, what is held. */
public final class ReportPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
    private static final int WATCHLIST_ROWS = 10;
    private static final int LINES_OF_A_RUN = 12;

    private final DayReport report;
    private final ZoneId zone;
    private final StringBuilder page = new StringBuilder();

    private ReportPage(DayReport report, ZoneId zone) {
        this.report = report;
        this.zone = zone;
    }

    /** @param zone the times are shown in */
    public static String render(DayReport report, ZoneId zone) {
        return new ReportPage(report, zone).render();
    }

    private String render() {
        line("%s  %s  %s  (times: %s)", days(), report.world(), String.join(", ", modes()), zone);
        runs();
        orders();
        fills();
        positions();
        watchlist();
        heading("Accounts");
        table(report.accounts().stream()
                .map(account -> List.of(
                        account.id(),
                        "cash " + money(account.cash(), account.currency()),
                        "equity " + money(account.equity(), account.currency()),
                        profit(account),
                        account.tradingState()))
                .toList());
        heading("Trading state: " + report.tradingState());
        report.notes().forEach(note -> line("note: %s", note));
        return page.toString();
    }

    /** One word when all books are of one mode, else each with its venue. */
    private List<String> modes() {
        List<String> modes =
                report.accounts().stream().map(ReportPage::mode).distinct().toList();
        return modes.size() <= 1
                ? modes
                : report.accounts().stream()
                        .map(account -> mode(account) + " at " + account.venue())
                        .toList();
    }

    private static String mode(DayReport.Account account) {
        return account.id().split("/", 2)[0];
    }

    /** The cells, after the account where books of several modes are told together. */
    private List<String> of(String account, String... cells) {
        List<String> row = new ArrayList<>(modes().size() > 1 ? List.of(account) : List.of());
        row.addAll(List.of(cells));
        return row;
    }

    private String days() {
        return report.from().equals(report.to()) ? report.from() : report.from() + " to " + report.to();
    }

    private void runs() {
        heading("Runs");
        int jobs = widest(report.runs().stream().map(DayReport.Run::job).toList());
        int outcomes = widest(report.runs().stream().map(DayReport.Run::outcome).toList());
        for (DayReport.Run run : report.runs()) {
            line(
                    "  %s  %s  %s  %s",
                    time(run.scheduled()),
                    TextTable.padded(run.job(), jobs),
                    TextTable.padded(run.outcome(), outcomes),
                    run.reason());
            // What a slot's own run had to say stands there, and is not said again by who found the slot filled.
            List<String> lines = run.outcome().equals("ALREADY_DONE") ? List.of() : run.toRead();
            lines.stream().limit(LINES_OF_A_RUN).forEach(text -> line("%s%s", " ".repeat(17), text));
            if (lines.size() > LINES_OF_A_RUN) {
                line("%s… and %d more: --json has them all", " ".repeat(17), lines.size() - LINES_OF_A_RUN);
            }
        }
        if (report.runs().isEmpty()) {
            line("  none");
        }
    }

    private void orders() {
        heading("Orders");
        List<DayReport.Order> denied = report.orders().stream()
                .filter(order -> order.state().equals("DENIED"))
                .toList();
        table(report.orders().stream()
                .filter(order -> !order.state().equals("DENIED"))
                .map(order -> of(
                        order.account(),
                        order.session(),
                        order.side(),
                        order.quantity(),
                        order.symbol(),
                        order.type() + " " + order.price(),
                        order.state(),
                        order.note() == null ? order.reason() : order.reason() + " · " + order.note()))
                .toList());
        Map<String, Long> codes =
                denied.stream().collect(Collectors.groupingBy(ReportPage::code, TreeMap::new, Collectors.counting()));
        if (!codes.isEmpty()) {
            line("  and %d denied, %s: --json tells each", denied.size(), codes);
        }
    }

    /** A denial's note begins with its code. */
    private static String code(DayReport.Order order) {
        return order.note() == null ? "" : order.note().split(" ", 2)[0];
    }

    private void fills() {
        heading("Fills");
        table(report.fills().stream()
                .map(fill -> of(
                        fill.account(),
                        time(fill.at()),
                        fill.side(),
                        fill.quantity(),
                        fill.symbol(),
                        "at " + fill.price(),
                        "commission " + fill.commission(),
                        "tax " + fill.tax()))
                .toList());
    }

    private void positions() {
        heading("Positions");
        table(report.positions().stream()
                .map(position -> List.of(
                        position.account(),
                        position.symbol(),
                        position.quantity(),
                        "cost " + position.averageCost(),
                        "now " + position.price(),
                        "value " + position.value(),
                        "P&L " + signed(position.unrealized())))
                .toList());
    }

    private void watchlist() {
        heading("Watchlist: %d, the best %d"
                .formatted(
                        report.watchlist().size(),
                        Math.min(WATCHLIST_ROWS, report.watchlist().size())));
        table(report.watchlist().stream()
                .limit(WATCHLIST_ROWS)
                .map(row -> List.of(row.symbol(), row.name(), row.composite(), row.price(), row.reason()))
                .toList());
    }

    private void heading(String text) {
        page.append('\n').append(text).append('\n');
    }

    private void line(String format, Object... arguments) {
        page.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private void table(List<List<String>> rows) {
        if (rows.isEmpty()) {
            line("  none");
            return;
        }
        TextTable.lines(rows).forEach(row -> line("%s", row));
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(TextTable::width).max().orElse(0);
    }

    private String time(String instant) {
        return TIME.format(Instant.parse(instant).atZone(zone));
    }

    private static String money(String amount, String currency) {
        BigDecimal value = new BigDecimal(amount);
        return String.format(Locale.ROOT, value.scale() <= 0 ? "%,.0f %s" : "%,.2f %s", value, currency);
    }

    private static String signed(String amount) {
        return new BigDecimal(amount).signum() > 0 ? "+" + amount : amount;
    }

    private static String profit(DayReport.Account account) {
        BigDecimal profit = new BigDecimal(account.equity()).subtract(new BigDecimal(account.initialCapital()));
        return "P&L " + (profit.signum() > 0 ? "+" : "") + money(profit.toPlainString(), account.currency());
    }
}
