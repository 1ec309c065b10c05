package io.haetae.order;

import io.haetae.portfolio.AccountId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * The port to whoever trades for us. What is not proven is Unknown or Failed; nothing here ever means "none" because an
 * answer was missing.
 */
public interface Broker {

    /** Would the order be taken? Sends nothing that trades. A venue without such a question passes. */
    Precheck precheck(Order order);

    /**
     * Sends the order once, under its id, before {@link Order#sendBy()}; after that moment it sends nothing and says
     * Rejected.
     */
    Placement place(Order order);

    /** Asks once. An order that is over already is Confirmed; what it filled is said by the reads. */
    Cancellation cancel(Order order);

    /** Every order of ours of that session, ended ones too. */
    Read<BrokerOrder> orders(AccountId account, LocalDate session);

    /** Every fill of our orders of that session. */
    Read<Fill> executions(AccountId account, LocalDate session);

    Traits traits();

    /**
     * How the broker can be judged.
     *
     * @param callTimeout longest time a sending takes
     * @param lag longest time until its reads show what it accepted
     * @param refusesOverselling it takes no sale of more than is held
     * @param readsProve a complete read after {@code sendBy} + {@code callTimeout} + {@code lag} shows every order it
     *     ever took: what is missing was not placed
     */
    record Traits(Duration callTimeout, Duration lag, boolean refusesOverselling, boolean readsProve) {}

    sealed interface Precheck {
        record Passed(String note) implements Precheck {}

        record Refused(String code, String text) implements Precheck {}

        /** Nobody knows; a later pass asks again. */
        record Failed(String cause) implements Precheck {}
    }

    sealed interface Placement {
        record Accepted(String brokerId) implements Placement {}

        /** Proven: nothing was taken. */
        record Rejected(String code, String text) implements Placement {}

        record Unknown(String cause) implements Placement {}
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
