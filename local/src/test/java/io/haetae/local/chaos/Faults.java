package io.haetae.local.chaos;

import java.util.List;
import java.util.SplittableRandom;

/** Plans of what goes wrong. */
final class Faults {

    private Faults() {}

    /** So much likelier is it that a call fails which changes something at a venue: there are few of them. */
    private static final int POSTS = 12;

    /** At one call of so many, something that can happen to it. */
    static Calls.Plan random(SplittableRandom random, int oneOf) {
        return (_, call) -> {
            int rarity = call.kind() == Kind.POST ? Math.max(3, oneOf / POSTS) : oneOf;
            if (random.nextInt(rarity) > 0) {
                return Fate.PASSES;
            }
            List<Fate> fates = call.kind().fates();
            return fates.get(random.nextInt(fates.size()));
        };
    }
}
