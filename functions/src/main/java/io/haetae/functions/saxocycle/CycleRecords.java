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

    private static Key key(AccountId account, InstrumentId instrument) {
        return Key.state("SAXO_SIGNALS#" + account, instrument.code());
    }

    /**
     * A signal that was acted on.
     *
     * @param slot that acted; empty for what older versions stored
     * @param counted what the cycle counted it as; empty for nothing
     * @param line what it told of it
     */
    record Acted(Instant barEnd, String slot, Action action, String counted, String line) {}

    /** The last signal that was acted on. */
    Optional<Acted> last(AccountId account, InstrumentId instrument) {
        return store.get(key(account, instrument))
                .map(item -> new Acted(
                        Instant.ofEpochMilli(item.whole("bar_end")),
                        item.findText("slot").orElse(""),
                        Action.valueOf(item.text("action")),
                        item.findText("counted").orElse(""),
                        item.text("outcome")));
    }

    /** @throws LeaseLostException when the run's lease was taken over */
    void acted(AccountId account, InstrumentId instrument, Acted acted, Fence fence) {
        write(
                Item.at(key(account, instrument))
                        .with("action", acted.action().name())
                        .with("bar_end", acted.barEnd().toEpochMilli())
                        .with("slot", acted.slot())
                        .with("counted", acted.counted())
                        .with("outcome", acted.line())
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
