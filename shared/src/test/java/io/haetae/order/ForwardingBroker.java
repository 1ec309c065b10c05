package io.haetae.order;

import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import java.time.LocalDate;

/** A broker behind a broker; a test overrides what is to go wrong. */
class ForwardingBroker implements Broker {

    private final Broker broker;

    ForwardingBroker(Broker broker) {
        this.broker = broker;
    }

    @Override
    public Precheck precheck(Order order) {
        return broker.precheck(order);
    }

    @Override
    public Placement place(Order order) {
        return broker.place(order);
    }

    @Override
    public Cancellation cancel(Order order) {
        return broker.cancel(order);
    }

    @Override
    public Read<BrokerOrder> orders(AccountId account, LocalDate session) {
        return broker.orders(account, session);
    }

    @Override
    public Read<Execution> executions(AccountId account, LocalDate session) {
        return broker.executions(account, session);
    }

    @Override
    public Read<Holding> holdings(AccountId account) {
        return broker.holdings(account);
    }

    @Override
    public Read<Funds> funds(AccountId account) {
        return broker.funds(account);
    }

    @Override
    public Traits traits() {
        return broker.traits();
    }

    @Override
    public boolean refusesOverselling(InstrumentId instrument) {
        return broker.refusesOverselling(instrument);
    }
}
