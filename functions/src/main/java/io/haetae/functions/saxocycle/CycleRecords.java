package io.haetae.functions.saxocycle;

import io.haetae.job.Fence;
import io.haetae.job.LeaseLostException;
import io.haetae.job.Leases;
import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import io.haetae.signal.MovingAverageCrossover.Action;
import io.haetae.store.Condition;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Store;
import io.haetae.store.StoreUnavailableException;
import io.haetae.store.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cycle remembers: the bar it last acted on, by instrument, and a summary of each cycle. */
final class CycleRecords {

    private final Store store;

    CycleRecords(Store store) {
        this.store = store;
    }

    private static Key acted(AccountId account, InstrumentId instrument) {
        return Key.state("SAXO_SIGNALS#" + account, instrument.code());
    }

    /** End of the bar of the last signal that was acted on. */
    Optional<Instant> lastSignal(AccountId account, InstrumentId instrument) {
        return store.get(acted(account, instrument)).map(item -> Instant.ofEpochMilli(item.whole("bar_end")));
    }

    /**
     * @param outcome what became of the signal, for people
     * @throws LeaseLostException when the run's lease was taken over
     */
    void acted(AccountId account, InstrumentId instrument, Instant barEnd, Action action, String outcome, Fence fence) {
        write(
                Item.at(acted(account, instrument))
                        .with("action", action.name())
                        .with("bar_end", barEnd.toEpochMilli())
                        .with("outcome", outcome)
                        .build(),
                fence);
    }

    /** @throws LeaseLostException when the run's lease was taken over */
    void summary(AccountId account, String slot, String text, Map<String, Long> counts, Fence fence) {
        Item.Builder item = Item.at(Key.state("SAXO_CYCLES#" + account, slot)).with("text", text);
        counts.forEach((name, count) -> item.with("count." + name, count));
        write(item.build(), fence);
    }

    private void write(Item item, Fence fence) {
        Outcome outcome = store.commit(List.of(
                io.haetae.store.Action.check(
                        Key.state(fence.lease(), Leases.SORT),
                        new Condition.AttributeEquals(Leases.FENCE, Value.of(fence.number()), false)),
                io.haetae.store.Action.put(item)));
        switch (outcome) {
            case Outcome.Committed _ -> {}
            case Outcome.Refused _ -> throw new LeaseLostException(fence);
            case Outcome.Uncertain(String cause) ->
                throw new StoreUnavailableException(
                        "it is not known whether " + item.key() + " was written: " + cause,
                        new IllegalStateException(cause));
        }
    }
}
