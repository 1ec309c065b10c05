package io.haetae.store;

import java.util.List;
import java.util.Optional;

/**
 * Items with DynamoDB's single-table, conditional, transactional meaning and nothing more. Reads are strongly
 * consistent. Engines retry conflicts within bounds, and recognise their own write when an answer was lost.
 */
public interface Store extends AutoCloseable {

    /** @throws StoreUnavailableException when the engine cannot answer */
    Optional<Item> get(Key key);

    /**
     * The items of {@code keys} that exist, in the order asked. Not one snapshot: each is read by itself.
     *
     * @throws StoreUnavailableException when the engine cannot answer for every key
     */
    List<Item> getAll(List<Key> keys);

    /**
     * The items of one partition whose sort key lies in the range, ascending or descending, complete: paging is the
     * engine's business.
     *
     * @throws StoreUnavailableException when the engine cannot answer completely
     */
    List<Item> query(Query query);

    /**
     * All or nothing. The engine adds a write id, made once per call, so a retry recognises its own commit. A
     * transaction of no actions is committed.
     *
     * @throws IllegalArgumentException when a limit is exceeded (see {@link Limits}) or two actions name one item
     * @throws StoreUnavailableException when the engine cannot answer and nothing was written; when something may have
     *     been written, the outcome is {@link Outcome.Uncertain}
     */
    Outcome commit(List<Action> actions);

    @Override
    void close();
}
