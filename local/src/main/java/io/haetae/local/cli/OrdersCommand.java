package io.haetae.local.cli;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.functions.control.Accounts;
import io.haetae.local.report.OrderStory;
import io.haetae.local.report.OrderTable;
import io.haetae.order.Adoptions;
import io.haetae.order.Order;
import io.haetae.order.OrderStore;
import io.haetae.portfolio.AccountId;
import io.haetae.store.AdoptionMapper;
import io.haetae.store.OrderMapper;
import io.haetae.store.PortfolioMapper;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The orders of some days, or all that is known of one. */
@Command(
        name = "orders",
        mixinStandardHelpOptions = true,
        description = "Tells the orders of the last days, or of one order the whole story: why it was wanted, what was"
                + " checked, what was sent, what came back; or settles one by a person's word.")
final class OrdersCommand implements Callable<Integer> {

    private static final int DAYS_BACK = 10;
    private static final Pattern ID = Pattern.compile("[0-9]{8}-[0-9a-f]{1,32}");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "of one order; its beginning is enough")
    @Nullable
    String id;

    @Option(names = "--date", paramLabel = "DATE", description = "only the orders of this session")
    @Nullable
    LocalDate date;

    @Option(names = "--open", description = "only those that are not at their end, of any session")
    boolean open;

    @Option(names = "--json", description = "one document instead of a page")
    boolean json;

    private OrdersCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    /** The command with its subcommand. */
    static CommandLine of(Surroundings here) {
        return new CommandLine(new OrdersCommand(here)).addSubcommand(new SettleCommand(here));
    }

    @Override
    public Integer call() {
        if ((id == null ? 0 : 1) + (date == null ? 0 : 1) + (open ? 1 : 0) > 1) {
            throw new BadInputException("ID, --date and --open ask for different things: give one of them");
        }
        Optional<LocalDate> session = Optional.ofNullable(id).map(OrdersCommand::session);
        Simulation.Given given = simulation.given();
        try (StoredWorld stored = StoredWorld.toRead(simulation, "orders")) {
            OrderStore orders = new OrderMapper(stored.store());
            List<AccountId> accounts = Accounts.all(new PortfolioMapper(stored.store()), given.settings());
            if (session.isPresent()) {
                tell(story(orders, accounts, session.get()));
            } else {
                list(stored, orders, accounts);
            }
        }
        return ExitCode.DONE;
    }

    /** @throws BadInputException when it cannot be the beginning of a name */
    static LocalDate session(String id) {
        try {
            if (ID.matcher(id).matches()) {
                return LocalDate.parse(id.substring(0, 8), DAY);
            }
        } catch (DateTimeException e) {
            throw new BadInputException(noId(id), e);
        }
        throw new BadInputException(noId(id));
    }

    private static String noId(String id) {
        return "'%s' is no order's name: it begins like 20260318-1f, and ./haetae orders lists them".formatted(id);
    }

    private OrderStory story(OrderStore orders, List<AccountId> accounts, LocalDate session) {
        List<Order> found = accounts.stream()
                .flatMap(account -> orders.ofSession(account, session).stream())
                .filter(order -> order.id().startsWith(String.valueOf(id)))
                .toList();
        if (found.isEmpty()) {
            throw new BadInputException(
                    "no order begins with %s: ./haetae orders --date %s lists that session's".formatted(id, session));
        }
        if (found.size() > 1) {
            throw new BadInputException("%d orders begin with %s: write more of the name".formatted(found.size(), id));
        }
        Order order = found.getFirst();
        return new OrderStory(
                order, orders.history(order.account(), order.id()), orders.fillsOf(order.account(), order.id()));
    }

    private void tell(OrderStory story) {
        here.out().println(json ? story.json() : story.text(XkrxCalendar.SEOUL).stripTrailing());
    }

    private void list(StoredWorld stored, OrderStore orders, List<AccountId> accounts) {
        Adoptions adoptions = new AdoptionMapper(stored.store());
        List<Order> ours = new ArrayList<>();
        List<OrderTable.Foreign> peoples = new ArrayList<>();
        for (AccountId account : accounts) {
            for (LocalDate day : days(stored)) {
                ours.addAll(orders.ofSession(account, day));
                adoptions.foreign(account, day).forEach(order -> peoples.add(new OrderTable.Foreign(account, order)));
            }
            if (date == null) {
                // What is still under way matters whatever session it is for.
                ours.addAll(orders.open(account));
            }
        }
        // A person may have settled an order of ours as one that was taken for someone else's.
        peoples.removeIf(foreign -> ours.stream()
                .anyMatch(order -> order.account().equals(foreign.account())
                        && foreign.order().brokerId().equals(order.brokerId())));
        OrderTable table = new OrderTable(
                ours.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Order::intendedAt).thenComparing(Order::id))
                        .toList(),
                peoples);
        String world = stored.world().id();
        here.out().println(json ? table.json(world) : "world " + world + "\n" + table.text());
    }

    /** The sessions that are asked for; none where only what is open is. */
    private List<LocalDate> days(StoredWorld stored) {
        LocalDate asked = date;
        if (asked != null) {
            return List.of(asked);
        }
        LocalDate today = LocalDate.ofInstant(stored.now(here), XkrxCalendar.SEOUL);
        return open
                ? List.of()
                : today.minusDays(DAYS_BACK).datesUntil(today.plusDays(2)).toList();
    }
}
