package io.haetae.local.broker;

import io.haetae.market.InstrumentId;
import io.haetae.order.Broker;
import io.haetae.order.Side;
import io.haetae.order.Validity;
import io.haetae.portfolio.AccountId;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;

/**
 * A venue with the program's broker for it, and hands on the venue's side of the wire.
 *
 * <p>A new one stands in an ordinary session while it trades, holds nothing, and has cash for a hundred units and more. What
 * is asked to go wrong goes wrong once, with the next call it can hit, unless its text says otherwise.
 */
public interface VenueUnderTest extends AutoCloseable {

    /** What a broker is asked for. */
    enum Reading {
        ORDERS,
        EXECUTIONS,
        HOLDINGS,
        FUNDS
    }

    /** How a read can go wrong. */
    enum Failure {
        /** An error status, or no answer. */
        DOWN,
        /** A good status and a body without rows, in which the venue says that something failed. */
        LOOKS_EMPTY,
        /** A good status and a body cut off, or of another shape. */
        GARBLED,
        /** The first page is good, the second one is not. */
        PAGE_TWO
    }

    /** Why a venue does not let an order in. */
    enum Gate {
        TOO_MANY_CALLS,
        TOKEN
    }

    /** The broker as the program builds it; always the same one. */
    Broker broker();

    /** The clock of broker and venue. */
    VirtualTime time();

    AccountId account();

    /** The session that is trading. */
    LocalDate session();

    /** Of a day order in that session, sent now. */
    Validity validity();

    /** Of the account's session, when the venue takes nothing any more, or lets what it takes wait. */
    Instant closed();

    /** False when it refuses whatever comes while it is closed. */
    boolean takesOrdersWhileClosed();

    /** Something that trades all session and of which more than is held cannot be sold. */
    InstrumentId instrument();

    /** The smallest quantity that can be ordered; its multiples can be, too. */
    default BigDecimal unit() {
        return BigDecimal.ONE;
    }

    /** A limit that the venue takes and that stays out of the market's reach until a test says otherwise. */
    BigDecimal resting(Side side);

    /** A limit at which an order of up to a hundred units trades at once and whole. */
    BigDecimal crossing(Side side);

    /** Sendings of an order that reached the venue since the start, refused ones too; cancels do not count. */
    int posts();

    /** Orders that the venue took from our broker since the start. */
    int taken();

    /** Trades that much of a working order now, at its limit, whatever the market does. */
    void fill(String brokerId, BigDecimal quantity);

    /** The venue refuses the next order in a way that proves that it took nothing. */
    void rejectNext();

    /**
     * The next order is turned away, each time that it is sent, before anybody looks at it. False, and nothing happens,
     * where nothing stands before the venue.
     */
    default boolean turnAwayNext(Gate why) {
        return false;
    }

    /** The next order does not reach the venue: the connection breaks before. */
    void dropNext();

    /** The next order is taken, and the connection breaks before the answer. */
    void loseNextAnswer();

    /** The next order is taken, and the answer does not come while the broker is ready to wait; lost where nothing waits. */
    default void hangNextAnswer() {
        loseNextAnswer();
    }

    /** The next order is taken, and the venue answers that it does not know; the answer is lost where it never says so. */
    default void answerUnsureNext() {
        loseNextAnswer();
    }

    /** The next cancel is carried out, and the connection breaks before the answer. */
    void loseNextCancelAnswer();

    /** What {@link #failNext} can do to such a read at this venue. */
    default Set<Failure> failures(Reading reading) {
        return switch (reading) {
            case ORDERS, EXECUTIONS -> EnumSet.allOf(Failure.class);
            case HOLDINGS, FUNDS -> EnumSet.complementOf(EnumSet.of(Failure.PAGE_TWO));
        };
    }

    /** @throws IllegalArgumentException when {@link #failures} does not name it */
    void failNext(Reading reading, Failure failure);

    /** From now on every list shows each of its rows twice. False, and nothing happens, where the venue has no lists. */
    default boolean repeatRows() {
        return false;
    }

    /** From now on every list is in the opposite order. False, and nothing happens, where the venue has no lists. */
    default boolean reverseRows() {
        return false;
    }

    /** False where nobody but the program can order: {@link #byHand} is not called there. */
    default boolean hasPeople() {
        return true;
    }

    /** A person orders in the venue's own application, for the same account. */
    default String byHand(Side side, BigDecimal quantity, BigDecimal limit) {
        throw new UnsupportedOperationException("nobody but the program orders here");
    }

    /** Rows on the longest page of the venue's list of orders; 0 where it has no pages. */
    default int rowsOnPage() {
        return 0;
    }

    @Override
    void close();
}
