package io.haetae.order;

public enum DenialCode {
    /** REDUCING or HALTED. */
    TRADING_STATE,
    /** A LIVE account without an arming that holds; the denial says how to arm. */
    NOT_ARMED,
    /** More than the arming allows its entries together. */
    ARMED_NOTIONAL,
    /** This run could not read the account's orders, trades, holdings or money completely. */
    NOT_RECONCILED,
    /** The run may not enter. */
    ENTRIES_NOT_ALLOWED,
    /** The entry window has passed. */
    ENTRY_WINDOW,
    /** The session the exit is for has closed. */
    EXIT_WINDOW,
    ORDERS_PER_DAY,
    ENTRY_NOTIONAL_PER_DAY,
    NEW_POSITIONS_PER_DAY,
    DAILY_LOSS,
    /** More than the balance less what is reserved. */
    CASH,
    /** No book was opened for the account. */
    NO_BOOK,
    /** The account holds the instrument, or an entry of it is not at its end. */
    SYMBOL_OPEN,
    /** Zero means no trade. */
    ZERO_QUANTITY,
    /** The position is not what the decision saw. */
    POSITION_CHANGED,
    /** More than the position holds and no exit sells yet. */
    NOTHING_TO_SELL,
    /** An exit as urgent, or one that could not be cancelled yet, holds the quantity. */
    EXIT_WORKING,
    /** The same cause was rejected too often in its session. */
    REJECTED_TOO_OFTEN,
    /** The venue would not take it. */
    PRECHECK,
    /** It did not begin to be sent in time, or was not let in: the venue has not judged it. */
    NOT_JUDGED
}
