package io.haetae.order;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a person says became of an order whose answer was lost. */
public sealed interface Verdict {

    Pattern BROKER_ID = Pattern.compile("\\p{Graph}{1,64}");

    /** It is the broker's order of this name. */
    record Placed(String brokerId) implements Verdict {
        public Placed {
            if (!BROKER_ID.matcher(brokerId).matches()) {
                throw new IllegalArgumentException(
                        "the broker's name of an order is one word of at most 64 characters");
            }
        }
    }

    /** It never reached the broker. */
    record NotPlaced() implements Verdict {}

    /**
     * @param as {@code placed} or {@code not-placed}
     * @param brokerId needed for the one, and only for it
     * @throws IllegalArgumentException in one line, when it is neither
     */
    static Verdict of(String as, Optional<String> brokerId) {
        return switch (as) {
            case "placed" ->
                new Placed(brokerId.orElseThrow(
                        () -> new IllegalArgumentException("placed needs the broker's name of the order")));
            case "not-placed" -> {
                if (brokerId.isPresent()) {
                    throw new IllegalArgumentException("not-placed takes no name of the broker's");
                }
                yield new NotPlaced();
            }
            default -> throw new IllegalArgumentException("an order is settled as placed or as not-placed");
        };
    }
}
