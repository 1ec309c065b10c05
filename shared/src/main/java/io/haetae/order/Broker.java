package io.haetae.order;

import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The port to whoever trades for us. What is not proven is Unknown or Failed; nothing here ever means "none" because an
 * answer was missing.
 */
public interface Broker {

    /** Would the order be taken? Sends nothing that trades. A venue without such a question passes. */
    Precheck precheck(Order order);

    /**
     * Sends the order once, under its id where the venue carries one, before {@link Order#sendBy()}; after that moment it
     * sends nothing and says Rejected.
     */
    Placement place(Order order);

    /** Asks once. An order that is over already is Confirmed; what it filled is said by the reads. */
    Cancellation cancel(Order order);

    /** Every order of the account of that session, people's too, ended ones too. */
    Read<BrokerOrder> orders(AccountId account, LocalDate session);

    /** All that was traded of that session's orders. */
    Read<Execution> executions(AccountId account, LocalDate session);

    /** Everything the account holds. Asked only of a broker that {@linkplain Traits#keepsAccounts() keeps accounts}. */
    Read<Holding> holdings(AccountId account);

    /** The account's money, in one row. Asked only of a broker that {@linkplain Traits#keepsAccounts() keeps accounts}. */
    Read<Funds> funds(AccountId account);

    Traits traits();

    /** It takes no sale of more than is held of the instrument. */
    boolean refusesOverselling(InstrumentId instrument);

    /**
     * How the broker can be judged.
     *
     * @param callTimeout longest time a sending takes
     * @param lag longest time until its reads show what it accepted
     * @param readsProve a complete read after {@code sendBy} + {@code callTimeout} + {@code lag} shows every order it
     *     ever took: what is missing was not placed
     * @param carriesReference its orders carry the id of our intent; else an order is ours by the broker's own id, or by
     *     symbol, side, quantity, price and time
     * @param keepsAccounts holdings and money are its own and win over ours; else our journal is the only book
     * @param polls waits before each further read after a sending whose outcome is not seen yet
     */
    record Traits(
            Duration callTimeout,
            Duration lag,
            boolean readsProve,
            boolean carriesReference,
            boolean keepsAccounts,
            List<Duration> polls) {
        public Traits {
            polls = List.copyOf(polls);
        }
    }

    sealed interface Precheck {
        record Passed(String note) implements Precheck {}

        record Refused(String code, String text) implements Precheck {}

        /** Nobody knows; a later pass asks again. */
        record Failed(String cause) implements Precheck {}
    }

    sealed interface Placement {
        record Accepted(String brokerId) implements Placement {}

        /**
         * Proven: nothing was taken.
         *
         * @param judged false when nobody at the venue has looked at it: it was never sent, or turned away for a token, a
         *     key or a limit of calls
         */
        record Rejected(String code, String text, boolean judged) implements Placement {

            /** The venue has looked at it and said no. */
            public Rejected(String code, String text) {
                this(code, text, true);
            }

            /** It did not come so far that the venue could say no. */
            public static Rejected unjudged(String code, String text) {
                return new Rejected(code, text, false);
            }
        }

        /** @param brokerId said by an answer that proves nothing more; else empty */
        record Unknown(String cause, Optional<String> brokerId) implements Placement {}
    }

    sealed interface Cancellation {
        record Confirmed() implements Cancellation {}

        /** The order goes on. */
        record Refused(String text) implements Cancellation {}

        record Unknown(String cause) implements Cancellation {}
    }

    sealed interface Read<T> {
        record Complete<T>(List<T> rows) implements Read<T> {
            public Complete {
                rows = List.copyOf(rows);
            }
        }

        /** Never to be read as empty. */
        record Failed<T>(String cause) implements Read<T> {}
    }
}
