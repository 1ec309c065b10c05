package io.haetae.kis;

import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.order.BrokerOrder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All orders of an account of one session, by number, with what was done to each. */
final class KisOrderList {

    private static final String FORCED = "임의";

    private final Map<String, KisOrderRow> rows;
    private final boolean over;

    private KisOrderList(Map<String, KisOrderRow> rows, boolean over) {
        this.rows = rows;
        this.over = over;
    }

    /**
     * @param over the session has ended
     * @throws KisException when the list contradicts itself: nothing of it is used
     */
    static KisOrderList of(KisPages pages, LocalDate session, boolean over) throws KisException {
        Map<String, KisOrderRow> rows = new TreeMap<>();
        for (KisAnswer answer : pages.rows()) {
            KisOrderRow row = KisOrderRow.of(answer);
            if (!row.date().equals(session)) {
                throw answer.malformed("an order of " + row.date() + " in the list of " + session);
            }
            KisOrderRow known = rows.get(row.number());
            if (known != null && (!known.branch().equals(row.branch()) || known.side() != row.side())) {
                throw answer.malformed("two orders with number " + row.number());
            }
            if (known == null || row.isLaterThan(known)) {
                rows.put(row.number(), row);
            }
        }
        if (rows.isEmpty() && counts(pages.end())) {
            throw pages.end().malformed("counts orders and shows none");
        }
        return new KisOrderList(rows, over);
    }

    private static boolean counts(KisAnswer end) throws KisException {
        return end.field("output2").isObject() && end.inside("output2").whole("tot_ord_qty") != null;
    }

    /** In the order they came. */
    List<BrokerOrder> orders() {
        List<BrokerOrder> orders = new ArrayList<>();
        for (KisOrderRow row : rows.values()) {
            if (!row.isCancel()) {
                orders.add(shown(row));
            }
        }
        return orders;
    }

    /** The orders something was traded of. */
    List<KisOrderRow> traded() {
        return rows.values().stream().filter(row -> row.filled() > 0).toList();
    }

    Optional<KisOrderRow> row(String id) {
        return rows.values().stream().filter(row -> row.id().equals(id)).findFirst();
    }

    BrokerOrder.State state(KisOrderRow row) {
        long cancelled = 0;
        boolean amended = false;
        for (KisOrderRow other : rows.values()) {
            if (other.original().equals(row.number())) {
                cancelled += other.isCancel() ? other.cancelled() : 0;
                amended |= other.isAmendment();
            }
        }
        return row.state(cancelled, amended, over);
    }

    private BrokerOrder shown(KisOrderRow row) {
        BrokerOrder.State state = state(row);
        return new BrokerOrder(
                row.id(),
                Optional.empty(),
                new InstrumentId(Venue.KIS, row.symbol()),
                row.side(),
                BigDecimal.valueOf(row.quantity()),
                row.limit(),
                row.placedAt(),
                state,
                BigDecimal.valueOf(row.filled()),
                note(row, state));
    }

    /** Nothing of an ordinary order. A forced sale is the broker's own. */
    private static String note(KisOrderRow row, BrokerOrder.State state) {
        if (row.isAmendment()) {
            return row.word() + ", in place of " + row.original();
        }
        return state == BrokerOrder.State.REJECTED || row.word().contains(FORCED) ? row.word() : "";
    }
}
