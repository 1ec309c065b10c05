package io.haetae.order;

import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The decision to trade. Equal decisions have equal ids, whoever makes them and whenever.
 *
 * @param account its mode is the intent's mode
 * @param session the order is for
 * @param cause the decision: signal session, bar end, or holding and exit rule
 * @param n 0, and one more only when order {@code n − 1} of the cause ended with quantity left
 */
public record Intent(
        AccountId account,
        LocalDate session,
        String strategy,
        InstrumentId instrument,
        Side side,
        Purpose purpose,
        String cause,
        int n) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);

    public Intent {
        if (n < 0 || n > 99) {
            throw new IllegalArgumentException("n of an intent is 0 to 99, not " + n);
        }
    }

    /**
     * Session and 128 bits of a hash of all fields, 41 characters: sorts by session, fits Saxo's {@code
     * ExternalReference} (50).
     */
    public String id() {
        StringBuilder text = new StringBuilder();
        for (String field : new String[] {
            account.mode().name(),
            account.venue().name(),
            account.user(),
            account.currency(),
            session.toString(),
            strategy,
            instrument.venue().name(),
            instrument.code(),
            side.name(),
            purpose.name(),
            cause,
            Integer.toString(n)
        }) {
            // Lengths keep ("ab", "c") and ("a", "bc") apart.
            text.append(field.length()).append(':').append(field);
        }
        byte[] hash = sha256(text.toString());
        return DAY.format(session) + "-" + HexFormat.of().formatHex(hash, 0, 16);
    }

    Intent next() {
        return new Intent(account, session, strategy, instrument, side, purpose, cause, n + 1);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
