package io.haetae.krx;

import com.fasterxml.jackson.core.JsonParser;
import io.haetae.krx.OutBlockParser.ImpossibleRowException;
import io.haetae.krx.OutBlockParser.Parsed;
import io.haetae.krx.OutBlockParser.RowReader;
import io.haetae.krx.OutBlockParser.UnusableAnswerException;
import io.haetae.market.IndexRow;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code kospi_dd_trd}, {@code kosdaq_dd_trd} or {@code krx_dd_trd}: one index's session. The first row of the first two
 * sums a market up and has {@code -} for prices; it is no index.
 */
final class IndexReader implements RowReader<IndexRow> {

    private final String date;

    private boolean dated;
    private String family = "";
    private String name = "";
    private @Nullable BigDecimal open;
    private @Nullable BigDecimal high;
    private @Nullable BigDecimal low;
    private @Nullable BigDecimal close;
    private @Nullable BigDecimal change;

    private IndexReader(String date) {
        this.date = date;
    }

    /** By name. */
    static Parsed<IndexRow> parse(InputStream body, LocalDate session) throws IOException, UnusableAnswerException {
        String date = session.format(Fields.BASIC_DATE);
        return OutBlockParser.parse(body, () -> new IndexReader(date), IndexRow::name);
    }

    @Override
    public void field(String field, JsonParser json) throws IOException, UnusableAnswerException {
        switch (field) {
            case "BAS_DD" -> {
                Fields.requireDate(date, json);
                dated = true;
            }
            case "IDX_CLSS" -> family = Fields.text(field, json);
            case "IDX_NM" -> name = Fields.text(field, json);
            case "OPNPRC_IDX" -> open = Fields.decimal(field, json);
            case "HGPRC_IDX" -> high = Fields.decimal(field, json);
            case "LWPRC_IDX" -> low = Fields.decimal(field, json);
            case "CLSPRC_IDX" -> close = Fields.decimal(field, json);
            case "CMPPREVDD_IDX" -> change = Fields.decimal(field, json);
            default -> {}
        }
    }

    @Override
    public @Nullable IndexRow row() throws UnusableAnswerException, ImpossibleRowException {
        if (!dated || name.isEmpty()) {
            throw new UnusableAnswerException("lacks its date or its name");
        }
        if (close == null) {
            return null;
        }
        if (change == null) {
            throw new UnusableAnswerException("of " + OutBlockParser.shown(name) + " lacks CMPPREVDD_IDX");
        }
        if (open == null || high == null || low == null) {
            open = null;
            high = null;
            low = null;
        }
        if (!isPossible(close, change)) {
            throw new ImpossibleRowException("%s cannot be: open %s, high %s, low %s, close %s, change %s"
                    .formatted(OutBlockParser.shown(name), open, high, low, close, change));
        }
        return new IndexRow(family, name, open, high, low, close, change);
    }

    private boolean isPossible(BigDecimal closed, BigDecimal changed) {
        boolean priced = open == null
                || high == null
                || low == null
                || open.signum() >= 0 && low.signum() >= 0 && high.compareTo(low) >= 0;
        return priced && closed.signum() > 0 && closed.compareTo(changed) > 0;
    }
}
