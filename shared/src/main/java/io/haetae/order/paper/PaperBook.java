package io.haetae.order.paper;

import io.haetae.order.Fill;
import io.haetae.portfolio.AccountId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The port to what the paper broker remembers: the broker's side, apart from our journal. */
public interface PaperBook {

    Optional<PaperOrder> order(AccountId account, String id);

    /** By id. */
    List<PaperOrder> orders(AccountId account, LocalDate session);

    /** Oldest first. */
    List<Fill> fills(AccountId account, LocalDate session);

    /** False when an order of that id is there already. */
    boolean add(PaperOrder order);

    /**
     * Writes an order over its version before, with a fill or without, in one transaction.
     *
     * @return false when it changed meanwhile; nothing was written
     */
    boolean update(PaperOrder order, Optional<Fill> fill);
}
