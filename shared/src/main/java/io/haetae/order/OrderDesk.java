package io.haetae.order;

import io.haetae.job.Run;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Portfolios;
import io.haetae.risk.TradingStates;
import io.haetae.time.TimeSource;

/** Takes intents to their end. Safe to run again after a crash at any point. */
public final class OrderDesk {

    private final OrderStore orders;
    private final Portfolios portfolios;
    private final TradingStates states;
    private final Broker broker;
    private final TimeSource time;

    public OrderDesk(OrderStore orders, Portfolios portfolios, TradingStates states, Broker broker, TimeSource time) {
        this.orders = orders;
        this.portfolios = portfolios;
        this.states = states;
        this.broker = broker;
        this.time = time;
    }

    /**
     * Intends the entry, with everything it needs, and sends it once.
     *
     * @throws io.haetae.job.LeaseLostException when the run's lease was taken over
     * @throws JournalUncertainException when the store cannot say whether something was written; a later run goes on
     */
    public DeskResult enter(EntryRequest request, Run run) {
        throw notYet();
    }

    /** As {@link #enter}, for a sale. */
    public DeskResult exit(ExitRequest request, Run run) {
        throw notYet();
    }

    /**
     * Carries every open order of the account on; what each trading job does first.
     *
     * @throws io.haetae.job.LeaseLostException when the run's lease was taken over
     */
    public AdvanceReport advance(AccountId account, Run run) {
        throw notYet();
    }

    private UnsupportedOperationException notYet() {
        return new UnsupportedOperationException(
                "the desk is not built yet: " + orders + portfolios + states + broker + time);
    }
}
