package io.haetae.local.chaos;

import java.util.List;
import java.util.SplittableRandom;

/** Plans of what goes wrong. */
final class Faults {

    private Faults() {}

    /** At one call of so many, something that can happen to it. */
    static Calls.Plan random(SplittableRandom random, int oneOf) {
        return (_, call) -> {
            if (random.nextInt(oneOf) > 0) {
                return Fate.PASSES;
            }
            List<Fate> fates = call.kind().fates();
            return fates.get(random.nextInt(fates.size()));
        };
    }
}
