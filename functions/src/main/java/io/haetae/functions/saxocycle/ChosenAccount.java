package io.haetae.functions.saxocycle;

import io.haetae.config.Secrets;
import io.haetae.portfolio.Mode;
import io.haetae.saxo.SaxoAccount;
import io.haetae.saxo.SaxoClient;
import java.util.List;
import java.util.Optional;

/** Which of the accounts that Saxo shows is traded in, or why none is. */
public sealed interface ChosenAccount {

    /** The Saxo book is kept in this currency. */
    String CURRENCY = "USD";

    record Fitting(SaxoAccount account) implements ChosenAccount {}

    record None(String reason) implements ChosenAccount {}

    /**
     * Asks Saxo for the accounts. A key that opens the other world's account would move money where none should move, or
     * none where it should.
     *
     * @param secrets asked for {@code saxo/account-key}; without it the only active account in US dollars is taken
     */
    static ChosenAccount of(SaxoClient client, Secrets secrets, Mode mode) {
        List<SaxoAccount> accounts = client.accounts();
        Optional<String> key = secrets.get("saxo/account-key");
        List<SaxoAccount> fitting = accounts.stream()
                .filter(account -> account.active() && account.currency().equals(CURRENCY))
                .filter(account ->
                        key.isEmpty() || account.accountKey().equals(key.get().strip()))
                .toList();
        if (fitting.size() != 1) {
            return new None(
                    "no active Saxo account in " + CURRENCY + ", or more than one: name it as saxo/account-key");
        }
        SaxoAccount account = fitting.getFirst();
        return switch (mode) {
            case DRY_RUN -> new Fitting(account);
            case SIM ->
                account.trial()
                        ? new Fitting(account)
                        : new None("SAXO_ENV is SIM, and the account is no trial account");
            case LIVE ->
                account.trial()
                        ? new None("SAXO_ENV is LIVE, and the account is a trial account")
                        : new Fitting(account);
        };
    }
}
