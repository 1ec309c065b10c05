package io.haetae.order;

import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.risk.Arming;
import io.haetae.risk.Armings;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The second key of live trading, as the desk asks for it. An entry of a LIVE account is intended and sent only under one
 * and the same arming; whatever else an account does asks for none, and no other mode does.
 */
public final class ArmingGate {

    /**
     * How long before its end a lapse is announced at the earliest: over a weekend no job runs that could say it. A short
     * arming is announced when half of it is over.
     */
    static final Duration WARNING = Duration.ofDays(3);

    private static final String HOW = "an arming that holds: ./haetae arm";

    private final Armings armings;
    private final TimeSource time;

    public ArmingGate(Armings armings, TimeSource time) {
        this.armings = armings;
        this.time = time;
    }

    public sealed interface Answer {
        /** What the transaction must hold; nothing where no arming is needed. */
        record Passed(List<Change.Rule> parts) implements Answer {
            public Passed {
                parts = List.copyOf(parts);
            }
        }

        record Refused(Denial denial) implements Answer {}
    }

    /**
     * To be asked for the transaction that intends an entry.
     *
     * @param notional in the account's currency
     */
    public Answer toIntend(AccountId account, BigDecimal notional) {
        if (account.mode() != Mode.LIVE) {
            return new Answer.Passed(List.of());
        }
        return standing(account, time.now())
                .<Answer>map(arming ->
                        new Answer.Passed(List.of(new Change.Armed(arming), new Change.SpendArmed(arming, notional))))
                .orElseGet(() -> new Answer.Refused(missing(account)));
    }

    /** To be asked for the transaction that turns the order to SENDING. An exit always passes. */
    public Answer toSend(Order order) {
        if (!asks(order)) {
            return new Answer.Passed(List.of());
        }
        return holding(order)
                .<Answer>map(arming -> new Answer.Passed(List.of(new Change.Armed(arming))))
                .orElseGet(() -> new Answer.Refused(missing(order.account())));
    }

    /** Why an entry that is not at its end must be cancelled; empty when it goes on, and for every exit. */
    public Optional<String> ended(Order order) {
        return asks(order) && holding(order).isEmpty()
                ? Optional.of("not armed: " + missing(order.account()).actual())
                : Optional.empty();
    }

    /**
     * Says once that the account's arming lapses soon, and once that it has lapsed. To be called in every run of a trading
     * job.
     */
    public void announce(AccountId account) {
        if (account.mode() != Mode.LIVE) {
            return;
        }
        Instant now = time.now();
        armings.get(account).ifPresent(arming -> {
            if (!arming.holdsAt(now)) {
                boolean _ = armings.announce(arming, Armings.Lapse.OVER, now);
            } else if (!now.isBefore(warned(arming))) {
                boolean _ = armings.announce(arming, Armings.Lapse.SOON, now);
            }
        });
    }

    private static Instant warned(Arming arming) {
        Duration half = Duration.between(arming.since(), arming.until()).dividedBy(2);
        return arming.until().minus(half.compareTo(WARNING) < 0 ? half : WARNING);
    }

    /** @param actual how the account is armed, in words */
    static Denial missing(String actual) {
        return new Denial(DenialCode.NOT_ARMED, HOW, actual);
    }

    private static boolean asks(Order order) {
        return order.isEntry() && order.account().mode() == Mode.LIVE;
    }

    /** The arming that the order was intended under, if it still holds: what it spends counts under no other. */
    private Optional<Arming> holding(Order order) {
        return standing(order.account(), time.now())
                .filter(arming -> !order.intendedAt().isBefore(arming.since()));
    }

    private Optional<Arming> standing(AccountId account, Instant now) {
        return armings.get(account).filter(arming -> arming.holdsAt(now));
    }

    private Denial missing(AccountId account) {
        String actual = armings.get(account)
                .map(arming -> arming.holdsAt(time.now())
                        ? "armed anew by " + arming.by() + " at " + arming.since()
                        : "lapsed at " + arming.until())
                .orElse("not armed");
        return missing(actual);
    }
}
