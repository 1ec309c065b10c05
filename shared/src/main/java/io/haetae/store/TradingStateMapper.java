package io.haetae.store;

import io.haetae.event.DomainEvent;
import io.haetae.portfolio.AccountId;
import io.haetae.risk.TradingState;
import io.haetae.risk.TradingStates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The trading state of an account as one item; absent means ACTIVE. */
public final class TradingStateMapper implements TradingStates {

    /** How restricted, as a number: what a transaction compares. */
    static final String LEVEL = "level";

    static final String STATE = "state";

    private static final int ATTEMPTS = 8;

    private final Store store;

    public TradingStateMapper(Store store) {
        this.store = store;
    }

    static Key key(AccountId account) {
        return Key.state("TRADING_STATE#" + account, "STATE");
    }

    @Override
    public Standing get(AccountId account) {
        return standing(store.get(key(account)));
    }

    @Override
    public Standing raise(AccountId account, TradingState state, String by, String reason, Instant at) {
        return change(account, state, by, reason, at, false);
    }

    @Override
    public Standing set(AccountId account, TradingState state, String person, String reason, Instant at) {
        if (person.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("a trading state is set by a named person with a reason");
        }
        return change(account, state, person, reason, at, true);
    }

    private Standing change(
            AccountId account, TradingState state, String by, String reason, Instant at, boolean mayLower) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Item> item = store.get(key(account));
            Standing standing = standing(item);
            if (standing.state() == state || (!mayLower && state.atMost(standing.state()))) {
                return standing;
            }
            long version = item.map(found -> found.whole("version")).orElse(0L);
            Item next = Item.at(key(account))
                    .with(STATE, state.name())
                    .with(LEVEL, state.ordinal())
                    .with("by", by)
                    .with("reason", reason)
                    .with("since", at.toString())
                    .with("version", version + 1)
                    .build();
            DomainEvent event = new DomainEvent(
                    "trading-state/" + account + "#" + (version + 1),
                    switch (state) {
                        case ACTIVE -> "TradingResumed";
                        case REDUCING -> "TradingReducing";
                        case HALTED -> "TradingHalted";
                    },
                    account.toString(),
                    at,
                    Map.of("mode", account.mode().name(), "by", by, "reason", reason));
            Outcome outcome = store.commit(List.of(
                    Action.put(next, version == 0 ? Condition.absent() : Condition.versionIs(version)),
                    Outbox.put(event)));
            if (outcome instanceof Outcome.Committed) {
                return standing(Optional.of(next));
            }
        }
        throw new IllegalStateException("the trading state of " + account + " kept changing");
    }

    private static Standing standing(Optional<Item> item) {
        return item.map(found -> new Standing(
                        PortfolioMapper.word(found, STATE, TradingState.class),
                        found.text("by"),
                        found.text("reason"),
                        Times.instant(found, "since")))
                .orElseGet(() -> new Standing(TradingState.ACTIVE, "default", "", Instant.EPOCH));
    }
}
