package io.haetae.store;

import io.haetae.event.DomainEvent;
import io.haetae.portfolio.AccountId;
import io.haetae.risk.Arming;
import io.haetae.risk.Armings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The arming of an account as one item, which stays when it is disarmed so that its version goes on growing. What is spent
 * under an arming and what was announced of it are items of their own: they leave its version alone.
 */
public final class ArmingMapper implements Armings {

    /** Sums are whole numbers of ten thousandths, so that a transaction can add them up. */
    static final int SCALE = 4;

    static final String SPENT = "tenThousandths";

    /** False once disarmed. */
    static final String ARMED = "armed";

    private static final int ATTEMPTS = 8;

    private final Store store;

    public ArmingMapper(Store store) {
        this.store = store;
    }

    static Key key(AccountId account) {
        return Key.state("ARMING#" + account, "ARMING");
    }

    static Key spentKey(Arming arming) {
        return Key.state("ARMING#" + arming.account(), "SPENT#" + arming.version());
    }

    @Override
    public Optional<Arming> get(AccountId account) {
        return standing(account, store.get(key(account)));
    }

    @Override
    public Arming arm(AccountId account, String by, String reason, Instant at, Instant until, BigDecimal maxNotional) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Item> item = store.get(key(account));
            Arming next = new Arming(account, by, reason, at, until, maxNotional, version(item) + 1);
            Optional<Arming> standing = standing(account, item);
            if (standing.filter(found -> sameWord(found, next)).isPresent()) {
                return standing.get();
            }
            DomainEvent event = event("TradingArmed", next, at, by, reason);
            if (write(item(next), next.version() - 1, event)) {
                return next;
            }
        }
        throw new IllegalStateException("the arming of " + account + " kept changing");
    }

    /** A write whose answer was lost is recognised by what it wrote. */
    private static boolean sameWord(Arming standing, Arming next) {
        return standing.by().equals(next.by())
                && standing.reason().equals(next.reason())
                && standing.since().equals(next.since())
                && standing.until().equals(next.until())
                && standing.maxNotional().compareTo(next.maxNotional()) == 0;
    }

    @Override
    public Optional<Arming> disarm(AccountId account, String by, String reason, Instant at) {
        if (by.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("an account is disarmed by someone named, with a reason");
        }
        Optional<Arming> ended = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Item> item = store.get(key(account));
            Optional<Arming> standing = standing(account, item);
            if (standing.isEmpty()) {
                return ended;
            }
            ended = standing;
            Arming arming = standing.get();
            Item next = Item.at(key(account))
                    .with(ARMED, false)
                    .with("by", by)
                    .with("reason", reason)
                    .with("since", at.toString())
                    .with("version", arming.version() + 1)
                    .build();
            if (write(next, arming.version(), event("TradingDisarmed", arming, at, by, reason))) {
                return standing;
            }
        }
        throw new IllegalStateException("the arming of " + account + " kept changing");
    }

    @Override
    public BigDecimal spent(Arming arming) {
        return BigDecimal.valueOf(
                store.get(spentKey(arming))
                        .flatMap(item -> item.findWhole(SPENT))
                        .orElse(0L),
                SCALE);
    }

    @Override
    public boolean announce(Arming arming, Lapse lapse, Instant at) {
        Key told = Key.state("ARMING#" + arming.account(), "TOLD#" + arming.version() + "#" + lapse);
        if (store.get(told).isPresent()) {
            return false;
        }
        String type =
                switch (lapse) {
                    case SOON -> "ArmingLapsing";
                    case OVER -> "ArmingLapsed";
                };
        Outcome outcome = store.commit(List.of(
                Action.put(Item.at(told).with("at", at.toString()).build(), Condition.absent()),
                Outbox.put(event(type, arming, at, arming.by(), arming.reason()))));
        return outcome instanceof Outcome.Committed;
    }

    private boolean write(Item next, long before, DomainEvent event) {
        return store.commit(List.of(
                        Action.put(next, before == 0 ? Condition.absent() : Condition.versionIs(before)),
                        Outbox.put(event)))
                instanceof Outcome.Committed;
    }

    private static DomainEvent event(String type, Arming arming, Instant at, String by, String reason) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("mode", arming.account().mode().name());
        detail.put("by", by);
        detail.put("reason", reason);
        detail.put("until", arming.until().toString());
        detail.put("maxNotional", Decimals.canonical(arming.maxNotional()));
        return new DomainEvent(
                "arming/" + arming.account() + "#" + arming.version() + "/" + type,
                type,
                arming.account().toString(),
                at,
                detail);
    }

    private static long version(Optional<Item> item) {
        return item.map(found -> found.whole("version")).orElse(0L);
    }

    /** Whole ten thousandths; a limit is floored, what is spent under it is rounded up. */
    static long scaled(BigDecimal amount, RoundingMode rounding) {
        return amount.movePointRight(SCALE)
                .setScale(0, rounding)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    private static Item item(Arming arming) {
        return Item.at(key(arming.account()))
                .with(ARMED, true)
                .with("by", arming.by())
                .with("reason", arming.reason())
                .with("since", arming.since().toString())
                .with("until", arming.until().toString())
                .with("maxNotional", arming.maxNotional())
                .with("version", arming.version())
                .build();
    }

    private static Optional<Arming> standing(AccountId account, Optional<Item> item) {
        return item.filter(found -> found.flag(ARMED))
                .map(found -> new Arming(
                        account,
                        found.text("by"),
                        found.text("reason"),
                        Times.instant(found, "since"),
                        Times.instant(found, "until"),
                        found.decimal("maxNotional"),
                        found.whole("version")));
    }
}
