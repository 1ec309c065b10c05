package io.haetae.store;

import java.util.Optional;

/** How a transaction ended. */
public sealed interface Outcome {

    record Committed() implements Outcome {}

    /**
     * Nothing was written.
     *
     * @param action index of the first action, in the order given, whose condition did not hold
     * @param standing that item as it stands, empty when absent
     */
    record Refused(int action, Optional<Item> standing) implements Outcome {}

    /** The answer was lost and reading could not settle it: it may or may not have been written. */
    record Uncertain(String cause) implements Outcome {}
}
