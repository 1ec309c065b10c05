package io.haetae.kis;

import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.order.Holding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an account holds, and its money: {@code inquire-balance}, all pages. */
final class KisBalance {

    private static final int AVERAGE_DECIMALS = 4;

    private final List<Row> rows;
    private final KisAnswer sums;

    private KisBalance(List<Row> rows, KisAnswer sums) {
        this.rows = rows;
        this.sums = sums;
    }

    /**
     * @param symbol may stand in several rows: bought for cash, and on margin
     * @param sellable by an order for cash
     * @param cost what was paid, won; 0 when the broker does not know
     * @param worth at the broker's price, won; 0 before it has one
     */
    record Row(String symbol, long quantity, long sellable, BigDecimal cost, BigDecimal worth) {}

    /** @throws KisException also when it looks empty and its sums say otherwise */
    static KisBalance of(KisPages pages) throws KisException {
        Map<String, KisAnswer> distinct = new LinkedHashMap<>();
        for (KisAnswer row : pages.rows()) {
            String symbol = row.text("pdno");
            if (symbol.isEmpty()) {
                throw row.malformed("a row without pdno");
            }
            KisAnswer other =
                    distinct.putIfAbsent(symbol + "/" + row.text("trad_dvsn_name") + "/" + row.text("loan_dt"), row);
            if (other != null && !other.node().equals(row.node())) {
                throw row.malformed(symbol + " is there twice and not alike");
            }
        }
        List<Row> rows = new ArrayList<>();
        for (KisAnswer row : distinct.values()) {
            boolean borrowed = !row.text("loan_dt").isEmpty();
            long quantity = row.count("hldg_qty");
            // Rows of what was sold stay until it is settled.
            if (quantity > 0) {
                rows.add(new Row(
                        row.text("pdno"),
                        quantity,
                        borrowed ? 0 : Math.min(quantity, row.count("ord_psbl_qty")),
                        row.amount("pchs_amt"),
                        row.amount("evlu_amt")));
            }
        }
        List<KisAnswer> sums = pages.end().rows("output2");
        if (sums.size() != 1) {
            throw pages.end().malformed("output2 has " + sums.size() + " rows");
        }
        KisBalance balance = new KisBalance(rows, sums.getFirst());
        if (rows.isEmpty() && balance.sums.amount("pchs_amt_smtl_amt").signum() != 0) {
            throw pages.end().malformed("counts holdings and shows none");
        }
        return balance;
    }

    /** By symbol. */
    List<Holding> holdings() {
        Map<String, Row> bySymbol = new TreeMap<>();
        for (Row row : rows) {
            bySymbol.merge(
                    row.symbol(),
                    row,
                    (one, other) -> new Row(
                            one.symbol(),
                            one.quantity() + other.quantity(),
                            one.sellable() + other.sellable(),
                            one.cost().signum() == 0 || other.cost().signum() == 0
                                    ? BigDecimal.ZERO
                                    : one.cost().add(other.cost()),
                            one.worth().add(other.worth())));
        }
        return bySymbol.values().stream().map(KisBalance::holding).toList();
    }

    private static Holding holding(Row row) {
        BigDecimal quantity = BigDecimal.valueOf(row.quantity());
        return new Holding(
                new InstrumentId(Venue.KIS, row.symbol()),
                quantity,
                BigDecimal.valueOf(row.sellable()),
                row.cost().signum() <= 0
                        ? Optional.empty()
                        : Optional.of(row.cost()
                                .divide(quantity, AVERAGE_DECIMALS, RoundingMode.HALF_UP)
                                .stripTrailingZeros()));
    }

    /**
     * Money when all that was traded is settled: the broker's deposit of the day after tomorrow. Today's deposit still holds
     * what was spent yesterday.
     */
    BigDecimal settledCash() throws KisException {
        return sums.amount("prvs_rcdl_excc_amt");
    }

    BigDecimal borrowed() throws KisException {
        return sums.text("tot_loan_amt").isEmpty() ? BigDecimal.ZERO : sums.amount("tot_loan_amt");
    }

    List<Row> rows() {
        return rows;
    }
}
