package io.haetae.store;

import io.haetae.market.CallQuota;
import java.time.LocalDate;
import java.util.List;

/** One counter a source and day. A count whose answer was lost may count twice: a quota is rather left than exceeded. */
public final class CallQuotaMapper implements CallQuota {

    private final Store store;

    public CallQuotaMapper(Store store) {
        this.store = store;
    }

    @Override
    public boolean take(String source, LocalDate day, int calls, int limit) {
        Key key = Key.state("CALLS#" + source, day.toString());
        return switch (store.commit(List.of(Action.addUpTo(key, "calls", calls, limit)))) {
            case Outcome.Committed _ -> true;
            case Outcome.Refused _ -> false;
            case Outcome.Uncertain(String cause) ->
                throw new StoreUnavailableException("The calls of " + source + " could not be counted: " + cause);
        };
    }
}
