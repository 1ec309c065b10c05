package io.haetae.local.chaos;

import static io.haetae.local.chaos.Fate.ANSWER_CUT;
import static io.haetae.local.chaos.Fate.ANSWER_LOST;
import static io.haetae.local.chaos.Fate.DIES_AFTER;
import static io.haetae.local.chaos.Fate.DIES_BEFORE;
import static io.haetae.local.chaos.Fate.FAILS;

import java.util.List;

/** Calls that leave the process, by what can happen to them. Dying after a read is dying before the next call. */
enum Kind {
    READ(DIES_BEFORE, FAILS),
    WRITE(DIES_BEFORE, DIES_AFTER, FAILS, ANSWER_LOST),
    ASK(DIES_BEFORE, FAILS, ANSWER_LOST, ANSWER_CUT),
    POST(DIES_BEFORE, DIES_AFTER, FAILS, ANSWER_LOST, ANSWER_CUT),
    SECRET(DIES_BEFORE, FAILS),
    TOKEN(DIES_BEFORE, DIES_AFTER, FAILS),
    EVENTS(DIES_BEFORE, DIES_AFTER, FAILS, ANSWER_LOST);

    private final List<Fate> fates;

    Kind(Fate... fates) {
        this.fates = List.of(fates);
    }

    List<Fate> fates() {
        return fates;
    }
}
