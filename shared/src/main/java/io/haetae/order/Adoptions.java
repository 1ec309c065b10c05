package io.haetae.order;

import io.haetae.event.DomainEvent;
import io.haetae.job.Fence;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Position;
import java.time.LocalDate;
import java.util.List;

/**
 * The port to what was taken over from the broker's books: people's orders, and corrections of ours. Each write is one
 * transaction with its event, under the fence.
 */
public interface Adoptions {

    /** The people's orders of a session that were seen, by broker id. */
    List<BrokerOrder> foreign(AccountId account, LocalDate session);

    /**
     * Keeps a person's order as the broker shows it now.
     *
     * @param found the event of its first sight, recorded only then
     * @throws io.haetae.job.LeaseLostException when the fence is no longer held
     */
    void adopt(Fence fence, AccountId account, LocalDate session, BrokerOrder order, DomainEvent found);

    /**
     * Writes the position over the version before, absent when that is 0.
     *
     * @return whether it was written: not when it changed meanwhile, or the store cannot say
     * @throws io.haetae.job.LeaseLostException when the fence is no longer held
     */
    boolean correct(Fence fence, Position position, DomainEvent drift);

    /** As {@link #correct(Fence, Position, DomainEvent)}. */
    boolean correct(Fence fence, Cash cash, DomainEvent drift);
}
