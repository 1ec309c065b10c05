package io.haetae.dart;

import io.haetae.dart.DartException.Kind;
import java.util.Optional;

/** What a status in an answer's body means; the HTTP status is 200 with all of them. */
final class DartStatus {

    private static final String FINE = "000";
    private static final int LONGEST_MESSAGE = 120;

    private DartStatus() {}

    /**
     * Whether data follows; false is a settled absence: the service has nothing of the kind today.
     *
     * @throws DartException for everything that is neither
     */
    static boolean hasData(String call, String status, String message) throws DartException {
        if (status.equals(FINE)) {
            return true;
        }
        Optional<Kind> trouble =
                switch (status) {
                    case "013", "014" -> Optional.empty();
                    case "020" -> Optional.of(Kind.QUOTA);
                    case "010", "011", "012", "901" -> Optional.of(Kind.KEY);
                    case "021", "100", "101" -> Optional.of(Kind.QUESTION);
                    case "800", "900" -> Optional.of(Kind.UNAVAILABLE);
                    default -> Optional.of(Kind.MALFORMED);
                };
        if (trouble.isPresent()) {
            throw new DartException(
                    trouble.get(),
                    "%s: status %s, %s; %s".formatted(call, shown(status), shown(message), advice(trouble.get())));
        }
        return false;
    }

    private static String advice(Kind kind) {
        return switch (kind) {
            case KEY -> "see to the secret dart/api-key at opendart.fss.or.kr";
            case QUOTA -> "goes on after midnight in Korea";
            case BLOCKED -> "wait a day";
            case QUESTION -> "this program asked wrongly";
            case MALFORMED, NOT_DATA -> "the service may have changed";
            case UNAVAILABLE -> "try later";
        };
    }

    private static String shown(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }
}
