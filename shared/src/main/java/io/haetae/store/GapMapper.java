package io.haetae.store;

import io.haetae.market.Gaps;
import io.haetae.market.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** The gaps of the stored history: one item for how far it is settled, one for each session that has no rows. */
public final class GapMapper implements Gaps {

    private static final Key SETTLED = Key.market("gaps/KRX", "settled");
    private static final String REFUSED = "refused/KRX";
    private static final int LONGEST_REASON = 400;
    private static final int ATTEMPTS = 5;

    private final Store store;

    public GapMapper(Store store) {
        this.store = store;
    }

    @Override
    public Optional<LocalDate> settled() {
        return store.get(SETTLED).map(item -> {
            try {
                return LocalDate.parse(item.text("through"));
            } catch (DateTimeParseException e) {
                throw new CorruptItemException(SETTLED, "through", "a date");
            }
        });
    }

    @Override
    public void settle(Optional<LocalDate> session) {
        commit(session.map(through -> Action.put(
                        Item.at(SETTLED).with("through", through.toString()).build()))
                .orElseGet(() -> Action.delete(SETTLED)));
    }

    @Override
    public List<Refusal> refusals(LocalDate from, LocalDate to) {
        return from.isAfter(to)
                ? List.of()
                : store.query(Query.between(Table.MARKET, REFUSED, from.toString(), to.toString())).stream()
                        .map(GapMapper::refusal)
                        .toList();
    }

    @Override
    public void refuse(LocalDate session, String reason, Instant at, boolean counts) {
        Key key = key(session);
        long attempts = store.get(key).map(item -> item.whole("attempts")).orElse(0L) + (counts ? 1 : 0);
        commit(Action.put(Item.at(key)
                .with("reason", reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…")
                .with("attempts", attempts)
                .with("lastTried", at.toString())
                .build()));
    }

    @Override
    public void close(LocalDate session) {
        commit(Action.delete(key(session)));
    }

    /** Writing any of these twice does no harm. */
    private void commit(Action action) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (store.commit(List.of(action)) instanceof Outcome.Committed) {
                return;
            }
        }
        throw new StoreUnavailableException(action.key() + " could not be written in " + ATTEMPTS + " attempts");
    }

    private static Key key(LocalDate session) {
        return Key.market(REFUSED, session.toString());
    }

    private static Refusal refusal(Item item) {
        try {
            return new Refusal(
                    LocalDate.parse(item.key().sort()),
                    item.text("reason"),
                    Math.toIntExact(item.whole("attempts")),
                    Instant.parse(item.text("lastTried")));
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new CorruptItemException(item.key(), "attempts or lastTried", "a refusal's");
        }
    }
}
