package io.haetae.kis;

import io.haetae.order.BrokerOrder.State;
import io.haetae.order.Side;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A row of {@code inquire-daily-ccld}: an order, or what was done to one. Shares and won.
 *
 * @param branch {@code ord_gno_brno}, which a cancel must name
 * @param number ten digits
 * @param original number of the order that this one cancels or amends; empty for a new order
 * @param limit empty at the market
 * @param informedAt when the broker last told of it, {@code placedAt} where it does not say
 * @param amount sum of price × quantity of what was traded
 * @param left quantity that may still trade, as the row says
 * @param word what kind of order it is, in the broker's words
 */
record KisOrderRow(
        LocalDate date,
        String branch,
        String number,
        String original,
        String symbol,
        Side side,
        long quantity,
        Optional<BigDecimal> limit,
        Instant placedAt,
        Instant informedAt,
        long filled,
        BigDecimal amount,
        long cancelled,
        boolean cancelledSaid,
        long rejected,
        long left,
        String word) {

    static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");
    private static final Pattern SYMBOL = Pattern.compile("[0-9A-Z]{6,9}");
    private static final Pattern CANCEL = Pattern.compile("취소|CANCEL", Pattern.CASE_INSENSITIVE);

    /** @throws KisException when a field is missing that says which order it is or what became of it */
    static KisOrderRow of(KisAnswer row) throws KisException {
        String number = row.text("odno");
        String symbol = row.text("pdno");
        if (!NUMBER.matcher(number).matches() || !SYMBOL.matcher(symbol).matches()) {
            throw row.malformed("a row without odno or pdno");
        }
        Side side =
                switch (row.text("sll_buy_dvsn_cd")) {
                    case "01" -> Side.SELL;
                    case "02" -> Side.BUY;
                    default -> throw row.malformed("sll_buy_dvsn_cd of " + number + " is neither 01 nor 02");
                };
        LocalDate date = date(row);
        Instant placed = date.atTime(clock(row, row.text("ord_tmd").isEmpty() ? "infm_tmd" : "ord_tmd"))
                .atZone(SEOUL)
                .toInstant();
        KisOrderRow read = new KisOrderRow(
                date,
                row.text("ord_gno_brno"),
                KisOrderAnswer.padded(number),
                original(row.text("orgn_odno")),
                symbol,
                side,
                row.count("ord_qty"),
                limit(row),
                placed,
                informed(row, date, placed),
                row.count("tot_ccld_qty"),
                row.amount("tot_ccld_amt"),
                orNone(row, "cncl_cfrm_qty"),
                row.text("cncl_yn").equals("Y"),
                orNone(row, "rjct_qty"),
                row.count("rmn_qty"),
                row.text("sll_buy_dvsn_cd_name"));
        if (read.filled > 0 && read.amount.signum() <= 0) {
            throw row.malformed("order " + number + " traded " + read.filled + " for nothing");
        }
        return read;
    }

    private static long orNone(KisAnswer row, String name) throws KisException {
        return row.text(name).isEmpty() ? 0 : row.count(name);
    }

    /** Nothing, or only zeros, for an order that changes no other. */
    private static String original(String text) {
        return text.chars().allMatch(digit -> digit == '0') ? "" : KisOrderAnswer.padded(text);
    }

    private static Optional<BigDecimal> limit(KisAnswer row) throws KisException {
        boolean market = row.text("ord_dvsn_cd").equals("01")
                || row.text("ord_dvsn_name").contains("시장가");
        BigDecimal price = row.amount("ord_unpr");
        return market || price.signum() == 0 ? Optional.empty() : Optional.of(price.stripTrailingZeros());
    }

    private static LocalDate date(KisAnswer row) throws KisException {
        try {
            return LocalDate.parse(row.text("ord_dt"), DATE);
        } catch (DateTimeException e) {
            throw row.malformed("ord_dt is no date");
        }
    }

    private static Instant informed(KisAnswer row, LocalDate date, Instant placed) throws KisException {
        if (row.text("infm_tmd").isEmpty()) {
            return placed;
        }
        Instant informed = date.atTime(clock(row, "infm_tmd")).atZone(SEOUL).toInstant();
        return informed.isBefore(placed) ? placed : informed;
    }

    private static LocalTime clock(KisAnswer row, String name) throws KisException {
        try {
            return LocalTime.parse(row.text(name), CLOCK);
        } catch (DateTimeException e) {
            throw row.malformed(name + " of " + row.text("odno") + " is no time");
        }
    }

    /**
     * The broker numbers orders anew each day. It does so by branch too, but what it answers to an order and what it lists
     * are two names of that branch, of which nobody promises that they are spelled alike: so the branch is no part of this,
     * and a list with one number of two branches is refused.
     */
    static String id(LocalDate date, String number) {
        return DATE.format(date) + "-" + number;
    }

    String id() {
        return id(date, number);
    }

    /** Itself no order, but the wish to cancel one. */
    boolean isCancel() {
        return !original.isEmpty() && (CANCEL.matcher(word).find() || (cancelledSaid && filled == 0 && left == 0));
    }

    /** Took the place of the order it names. */
    boolean isAmendment() {
        return !original.isEmpty() && !isCancel();
    }

    /** Further than the other row of the same order: what was traded, cancelled or rejected only grows. */
    boolean isLaterThan(KisOrderRow other) {
        return filled + cancelled + rejected > other.filled + other.cancelled + other.rejected;
    }

    /**
     * @param cancelledBy what cancels of it were confirmed for, in rows of their own
     * @param amended another order took its place
     * @param over its session has ended
     */
    State state(long cancelledBy, boolean amended, boolean over) {
        long gone = Math.max(cancelled, cancelledBy);
        long open = Math.max(0, Math.min(left, quantity - filled - gone - rejected));
        if (filled >= quantity) {
            return State.FILLED;
        }
        if (open > 0) {
            return over ? State.EXPIRED : State.WORKING;
        }
        if (rejected > 0 && filled == 0) {
            return State.REJECTED;
        }
        if (gone > 0 || rejected > 0 || cancelledSaid || amended) {
            return State.CANCELLED;
        }
        // Nothing left and nothing that says why: nothing of it is given up before the session is over.
        return over ? State.EXPIRED : State.WORKING;
    }
}
