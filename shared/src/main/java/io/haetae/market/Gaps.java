package io.haetae.market;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The port through which the gaps of the stored history are kept in mind, so that nobody need search all of it. */
public interface Gaps {

    /**
     * The session up to which nothing is open: each one from the first stored on is complete, or its refusal is known.
     * Empty when nobody has looked yet.
     */
    Optional<LocalDate> settled();

    /** Empty has the whole history looked at again. */
    void settle(Optional<LocalDate> session);

    /** Of the range, both ends included, oldest first. */
    List<Refusal> refusals(LocalDate from, LocalDate to);

    /**
     * Another attempt has failed.
     *
     * @param counts among the attempts, after which a session is given up: an outage says nothing of the session
     */
    void refuse(LocalDate session, String reason, Instant at, boolean counts);

    /** The session has its rows. */
    void close(LocalDate session);
}
