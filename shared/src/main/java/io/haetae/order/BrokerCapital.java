package io.haetae.order;

import io.haetae.portfolio.AccountId;
import io.haetae.risk.Capital;
import io.haetae.risk.CapitalUnavailableException;
import java.util.List;

/** The capital of an account that its broker keeps: what the broker says is in it. */
public final class BrokerCapital implements Capital {

    private final Broker broker;

    public BrokerCapital(Broker broker) {
        this.broker = broker;
    }

    @Override
    public Beginning of(AccountId account) {
        return switch (broker.funds(account)) {
            case Broker.Read.Failed(String cause) ->
                throw new CapitalUnavailableException(account, "its money could not be read: " + cause);
            case Broker.Read.Complete(List<Funds> rows) -> {
                Funds funds = rows.getFirst();
                if (funds.equity().signum() <= 0) {
                    throw new CapitalUnavailableException(
                            account, "the broker says there is nothing in it: " + Plain.of(funds.equity()));
                }
                yield new Beginning(funds.balance(), funds.equity());
            }
        };
    }
}
