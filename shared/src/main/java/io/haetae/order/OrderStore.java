package io.haetae.order;

import io.haetae.portfolio.AccountId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The port to the order journal. Reads are strongly consistent and complete, or throw. */
public interface OrderStore {

    Optional<Order> order(AccountId account, String id);

    /** Orders that are not at their end, by id. */
    List<Order> open(AccountId account);

    /** Every order of a session, by id. */
    List<Order> ofSession(AccountId account, LocalDate session);

    /** Oldest first. */
    List<HistoryEntry> history(AccountId account, String order);

    /** Booked fills of a session's orders, oldest first. */
    List<Fill> fills(AccountId account, LocalDate session);

    /** Fills booked in a slot, by any of its invocations, oldest first. */
    List<Fill> fillsBookedIn(AccountId account, String slot);

    /** Booked fills of one order, oldest first. */
    List<Fill> fillsOf(AccountId account, String order);

    /**
     * @throws io.haetae.job.LeaseLostException when the fence is no longer held
     * @throws JournalUncertainException when the store cannot say whether it was written
     */
    Written write(Change change);
}
