package io.haetae.market;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * All rows in force of one session, sorted by symbol.
 *
 * @param revision names the exact rows: two days with equal revisions hold equal rows
 */
public record MarketDay(LocalDate session, PriceSource source, String revision, List<DailyRow> rows) {

    /** Enough of a SHA-256 to tell the revisions of one session apart. */
    private static final int REVISION_BYTES = 8;

    private static final int NUMBERS = 8;

    public MarketDay {
        rows = inOrder(rows);
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i - 1).symbol().equals(rows.get(i).symbol())) {
                throw new IllegalArgumentException(session + ": " + rows.get(i).symbol() + " stands twice");
            }
        }
    }

    /** A day under the revision its rows have: the same rows always have the same one, whatever their source or order. */
    public static MarketDay of(LocalDate session, PriceSource source, List<DailyRow> rows) {
        return new MarketDay(session, source, revisionOf(inOrder(rows)), rows);
    }

    private static List<DailyRow> inOrder(List<DailyRow> rows) {
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i - 1).symbol().compareTo(rows.get(i).symbol()) > 0) {
                List<DailyRow> sorted = new ArrayList<>(rows);
                sorted.sort(Comparator.comparing(DailyRow::symbol));
                return List.copyOf(sorted);
            }
        }
        return List.copyOf(rows);
    }

    private static String revisionOf(List<DailyRow> sorted) {
        MessageDigest digest = sha256();
        ByteBuffer numbers = ByteBuffer.allocate(NUMBERS * Long.BYTES);
        for (DailyRow row : sorted) {
            String words =
                    row.symbol() + "\n" + row.name() + "\n" + row.market().name() + "\n";
            digest.update(words.getBytes(StandardCharsets.UTF_8));
            numbers.clear()
                    .putLong(row.open())
                    .putLong(row.high())
                    .putLong(row.low())
                    .putLong(row.close())
                    .putLong(row.change())
                    .putLong(row.volume())
                    .putLong(row.value())
                    .putLong(row.shares())
                    .flip();
            digest.update(numbers);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, REVISION_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Whether {@code inputs} names a state of the session with these rows; see {@link Coverage#inputs}. */
    public boolean isBehind(String inputs) {
        return inputs.equals(revision) || inputs.startsWith(revision + ".");
    }

    public Optional<DailyRow> row(String symbol) {
        int low = 0;
        int high = rows.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = rows.get(middle).symbol().compareTo(symbol);
            if (order == 0) {
                return Optional.of(rows.get(middle));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }
}
