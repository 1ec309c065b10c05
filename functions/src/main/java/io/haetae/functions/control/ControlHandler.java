package io.haetae.functions.control;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.functions.EventFields;
import io.haetae.functions.FunctionHandler;
import io.haetae.functions.Graph;
import io.haetae.functions.Platform;
import io.haetae.job.InvalidEventException;
import io.haetae.market.Venue;
import io.haetae.order.Verdict;
import io.haetae.risk.TradingState;
import io.haetae.store.Outbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code Control}: a person halts, resumes, arms, disarms, settles an order, or asks how it stands. {@code {}} only asks.
 * Needs no lease: each word is one conditional transaction an account.
 */
public final class ControlHandler extends FunctionHandler {

    private static final System.Logger LOG = System.getLogger(ControlHandler.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,4})?");
    private static final Set<String> FIELDS =
            Set.of("command", "venue", "by", "reason", "reducing", "until", "maxNotional", "order", "as", "brokerId");

    private enum Command {
        STATUS(Set.of()),
        HALT(Set.of("venue", "by", "reason", "reducing")),
        RESUME(Set.of("venue", "by", "reason")),
        ARM(Set.of("venue", "by", "reason", "until", "maxNotional")),
        DISARM(Set.of("venue", "by", "reason")),
        SETTLE(Set.of("order", "as", "brokerId", "by", "reason"));

        private final Set<String> fields;

        Command(Set<String> fields) {
            this.fields = fields;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ControlHandler() {}

    public ControlHandler(Platform platform) {
        super(platform);
    }

    /**
     * One word.
     *
     * @throws InvalidEventException when the event is odd in any way; nothing was changed
     * @throws io.haetae.order.SettlementRefusedException when the order may not be settled so; nothing was changed
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
        log(context);
        EventFields event = EventFields.read(input, FIELDS);
        Command command = command(event);
        Graph graph = graph();
        List<String> lines;
        try {
            lines = said(command, event, graph);
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException(String.valueOf(e.getMessage()));
        }
        lines.forEach(line -> LOG.log(System.Logger.Level.INFO, line));
        publish(graph);
        ObjectNode answer = JSON.createObjectNode().put("command", command.text());
        lines.forEach(answer.putArray("lines")::add);
        output.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(answer));
    }

    /** What was said holds, whether or not anyone hears of it now: the next run of a job publishes what is left. */
    private static void publish(Graph graph) {
        try {
            int _ = new Outbox(graph.platform().store())
                    .publishPending(graph.platform().publisher());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "events were not published and wait for the next run", e);
        }
    }

    private static Command command(EventFields event) {
        String text = event.text("command");
        Command command = text == null
                ? Command.STATUS
                : Arrays.stream(Command.values())
                        .filter(each -> each.text().equals(text))
                        .findFirst()
                        .orElseThrow(() -> new InvalidEventException(
                                "command is none of status, halt, resume, arm, disarm, settle"));
        FIELDS.stream()
                .filter(name -> !name.equals("command") && !command.fields.contains(name) && event.has(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidEventException(command.text() + " takes no " + name);
                });
        return command;
    }

    private static List<String> said(Command command, EventFields event, Graph graph) {
        TradingControl control = new TradingControl(
                graph.platform().store(), graph.settings(), graph.calendar().zone());
        Instant now = graph.time().now();
        Optional<Venue> venue = Optional.ofNullable(event.text("venue")).map(ControlHandler::venue);
        return switch (command) {
            case STATUS -> control.status(now);
            case HALT ->
                control.halt(
                        venue,
                        Boolean.TRUE.equals(event.flag("reducing")) ? TradingState.REDUCING : TradingState.HALTED,
                        word(event),
                        now);
            case RESUME -> control.resume(venue, word(event), now);
            case ARM ->
                control.arm(
                        venue.orElseThrow(() -> new InvalidEventException("arm needs a venue")),
                        word(event),
                        now,
                        needed(event.instant("until"), "until"),
                        amount(needed(event.text("maxNotional"), "maxNotional")));
            case DISARM -> control.disarm(venue, word(event), now);
            case SETTLE -> List.of(settled(event, graph));
        };
    }

    private static String settled(EventFields event, Graph graph) {
        Verdict verdict = Verdict.of(needed(event.text("as"), "as"), Optional.ofNullable(event.text("brokerId")));
        OrderSettlement settlement = new OrderSettlement(
                graph.settings(),
                graph.platform(),
                graph.orders(),
                graph.time(),
                graph::missingKisKey,
                graph::kisBroker,
                graph::saxoToken,
                graph::saxo);
        return settlement.settle(needed(event.text("order"), "order"), verdict, word(event));
    }

    private static TradingControl.Word word(EventFields event) {
        return new TradingControl.Word(needed(event.text("by"), "by"), needed(event.text("reason"), "reason"));
    }

    private static <T> T needed(@Nullable T value, String name) {
        if (value == null) {
            throw new InvalidEventException("the event needs " + name);
        }
        return Objects.requireNonNull(value);
    }

    private static Venue venue(String text) {
        return Arrays.stream(Venue.values())
                .filter(venue -> venue.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidEventException("venue is none of " + Arrays.toString(Venue.values())));
    }

    private static BigDecimal amount(String text) {
        if (!AMOUNT.matcher(text).matches()) {
            throw new InvalidEventException("maxNotional must be a number such as \"5000000\"");
        }
        return new BigDecimal(text);
    }
}
