package io.haetae.signal;

import io.haetae.portfolio.AccountId;
import java.time.LocalDate;
import java.util.Optional;

/** The port that keeps signals: one sheet an account and session, the newest computation in force. */
public interface Signals {

    void put(AccountId account, SignalSheet sheet);

    Optional<SignalSheet> sheet(AccountId account, LocalDate session);
}
