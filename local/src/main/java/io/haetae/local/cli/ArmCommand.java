package io.haetae.local.cli;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.Settings;
import io.haetae.functions.control.TradingControl;
import io.haetae.market.Venue;
import io.haetae.risk.Arming;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The second key of live trading. */
@Command(
        name = "arm",
        mixinStandardHelpOptions = true,
        description =
                "Lets a live account enter with real money, until a moment and up to an amount; the other key is the"
                        + " configuration. For the real venues, or with --seed or --data for a simulated world.")
final class ArmCommand extends ControlCommand {

    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,4})?");

    @Option(
            names = "--until",
            paramLabel = "TIME",
            required = true,
            description = "when it lapses, in Seoul: 15:30 today, or 2026-03-18T15:30; at most 31 days ahead")
    String until = "";

    @Option(
            names = "--max-notional",
            paramLabel = "AMOUNT",
            required = true,
            description = "most that all entries together may come to, in the account's currency (won, or US dollars)")
    String maxNotional = "";

    ArmCommand(Surroundings here) {
        super(here);
    }

    @Override
    void check(Settings settings, TradingControl.Word word, Instant at) {
        Arming _ = TradingControl.arming(settings, venue(), word, at, until(at), amount());
    }

    @Override
    List<String> say(TradingControl control, TradingControl.Word word, Instant at) {
        return control.arm(venue(), word, at, until(at), amount());
    }

    private Venue venue() {
        return person.venue().orElseThrow(() -> new BadInputException("--venue: KIS or SAXO, one of them is needed"));
    }

    private Instant until(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, XkrxCalendar.SEOUL);
        try {
            LocalDateTime moment =
                    until.length() == 5 ? today.atTime(LocalTime.parse(until)) : LocalDateTime.parse(until);
            return moment.atZone(XkrxCalendar.SEOUL).toInstant();
        } catch (DateTimeException e) {
            throw new BadInputException(
                    "--until '%s': 15:30 for today, or 2026-03-18T15:30, is expected".formatted(until), e);
        }
    }

    private BigDecimal amount() {
        if (!AMOUNT.matcher(maxNotional).matches()) {
            throw new BadInputException("--max-notional '%s' is not an amount such as 5000000".formatted(maxNotional));
        }
        return new BigDecimal(maxNotional);
    }
}
