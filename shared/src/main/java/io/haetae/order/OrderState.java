package io.haetae.order;

/** Where an order stands; {@link OrderLife} says how it moves. */
public enum OrderState {
    /** Journaled with its reservations; nothing was sent. */
    INTENDED,
    /** Refused before anything was sent; reserves nothing. */
    DENIED,
    /** The venue would take it; nothing was sent. */
    PRECHECKED,
    /** Its writer may be sending it, once, before {@code sendBy}. */
    SENDING,
    ACCEPTED,
    PARTIALLY_FILLED,
    FILLED,
    /** The broker was, or is about to be, asked to cancel it. */
    CANCELLING,
    CANCELLED,
    REJECTED,
    EXPIRED,
    /** Sent perhaps, but proven never to have reached the broker. */
    NOT_PLACED,
    /** Sent perhaps, and never arrived by the word of a person alone; reserves nothing. */
    WRITTEN_OFF,
    /** Sent perhaps, and the broker's answer is not known. Never sent again, only looked up. */
    UNKNOWN;

    /** Nothing more is expected of it, and it reserves nothing. */
    public boolean isTerminal() {
        return switch (this) {
            case DENIED, FILLED, CANCELLED, REJECTED, EXPIRED, NOT_PLACED, WRITTEN_OFF -> true;
            case INTENDED, PRECHECKED, SENDING, ACCEPTED, PARTIALLY_FILLED, CANCELLING, UNKNOWN -> false;
        };
    }

    /** Surely nothing was sent. */
    public boolean isUnsent() {
        return switch (this) {
            case INTENDED, PRECHECKED, DENIED -> true;
            case SENDING,
                    ACCEPTED,
                    PARTIALLY_FILLED,
                    FILLED,
                    CANCELLING,
                    CANCELLED,
                    REJECTED,
                    EXPIRED,
                    NOT_PLACED,
                    WRITTEN_OFF,
                    UNKNOWN -> false;
        };
    }

    /** The broker is known to hold it, and it may still fill. */
    public boolean isWorking() {
        return switch (this) {
            case ACCEPTED, PARTIALLY_FILLED, CANCELLING -> true;
            case INTENDED,
                    DENIED,
                    PRECHECKED,
                    SENDING,
                    FILLED,
                    CANCELLED,
                    REJECTED,
                    EXPIRED,
                    NOT_PLACED,
                    WRITTEN_OFF,
                    UNKNOWN -> false;
        };
    }
}
