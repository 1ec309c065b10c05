package io.haetae.local.chaos;

import java.util.ArrayList;
import java.util.List;

/** Numbers the calls of one process that leave it, and decides what happens to each. */
final class Calls {

    /** @param what names it for a person */
    record Call(Kind kind, String what) {}

    /** Decides over a call. */
    @FunctionalInterface
    interface Plan {
        Fate of(int number, Call call);
    }

    static final Plan CALM = (_, _) -> Fate.PASSES;

    private final Plan plan;
    private final List<Call> made = new ArrayList<>();
    private boolean dead;

    Calls(Plan plan) {
        this.plan = plan;
    }

    /** @param number from 1 */
    static Calls with(int number, Fate fate) {
        return new Calls((count, _) -> count == number ? fate : Fate.PASSES);
    }

    synchronized Fate next(Kind kind, String what) {
        if (dead) {
            return Fate.DEAD;
        }
        Call call = new Call(kind, what);
        made.add(call);
        Fate fate = plan.of(made.size(), call);
        if (fate != Fate.PASSES && !kind.fates().contains(fate)) {
            throw new AssertionError(fate + " cannot happen to " + call);
        }
        dead = fate.kills();
        return fate;
    }

    synchronized List<Call> made() {
        return List.copyOf(made);
    }

    synchronized boolean isDead() {
        return dead;
    }
}
