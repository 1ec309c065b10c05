package io.haetae.krx;

import com.fasterxml.jackson.core.JsonParser;
import io.haetae.krx.Fields.Figure;
import io.haetae.krx.OutBlockParser.ImpossibleRowException;
import io.haetae.krx.OutBlockParser.Parsed;
import io.haetae.krx.OutBlockParser.RowReader;
import io.haetae.krx.OutBlockParser.UnusableAnswerException;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;

/** A row of {@code stk_bydd_trd}, {@code ksq_bydd_trd} or {@code knx_bydd_trd}: one share's session. */
final class DailyTradesReader implements RowReader<DailyRow> {

    private final KrxMarket market;
    private final String date;

    private String symbol = "";
    private String name = "";
    private boolean dated;
    private final Figure open = new Figure("TDD_OPNPRC");
    private final Figure high = new Figure("TDD_HGPRC");
    private final Figure low = new Figure("TDD_LWPRC");
    private final Figure close = new Figure("TDD_CLSPRC");
    private final Figure change = new Figure("CMPPREVDD_PRC");
    private final Figure volume = new Figure("ACC_TRDVOL");
    private final Figure value = new Figure("ACC_TRDVAL");
    private final Figure shares = new Figure("LIST_SHRS");

    private DailyTradesReader(KrxMarket market, String date) {
        this.market = market;
        this.date = date;
    }

    /** By symbol. */
    static Parsed<DailyRow> parse(InputStream body, KrxMarket market, LocalDate session)
            throws IOException, UnusableAnswerException {
        String date = session.format(Fields.BASIC_DATE);
        return OutBlockParser.parse(body, () -> new DailyTradesReader(market, date), DailyRow::symbol);
    }

    @Override
    public void field(String field, JsonParser json) throws IOException, UnusableAnswerException {
        switch (field) {
            case "BAS_DD" -> {
                Fields.requireDate(date, json);
                dated = true;
            }
            case "ISU_CD" -> symbol = json.getValueAsString("");
            case "ISU_NM" -> name = json.getValueAsString("");
            case "TDD_OPNPRC" -> open.read(json);
            case "TDD_HGPRC" -> high.read(json);
            case "TDD_LWPRC" -> low.read(json);
            case "TDD_CLSPRC" -> close.read(json);
            case "CMPPREVDD_PRC" -> change.read(json);
            case "ACC_TRDVOL" -> volume.read(json);
            case "ACC_TRDVAL" -> value.read(json);
            case "LIST_SHRS" -> shares.read(json);
            default -> {}
        }
    }

    @Override
    public DailyRow row() throws UnusableAnswerException, ImpossibleRowException {
        if (!dated || !Fields.isShortCode(symbol)) {
            throw new UnusableAnswerException(
                    "lacks its date or a six-character code, " + OutBlockParser.shown(symbol));
        }
        DailyRow row;
        try {
            row = new DailyRow(
                    symbol,
                    name,
                    market,
                    open.value(),
                    high.value(),
                    low.value(),
                    close.value(),
                    change.value(),
                    volume.value(),
                    value.value(),
                    shares.value());
        } catch (UnusableAnswerException e) {
            throw new UnusableAnswerException("of " + symbol + " " + e.getMessage());
        }
        if (!isPossible(row)) {
            throw new ImpossibleRowException(
                    "%s cannot be: open %d, high %d, low %d, close %d, change %d, volume %d, value %d, shares %d"
                            .formatted(
                                    symbol,
                                    row.open(),
                                    row.high(),
                                    row.low(),
                                    row.close(),
                                    row.change(),
                                    row.volume(),
                                    row.value(),
                                    row.shares()));
        }
        return row;
    }

    /** Highs and lows may lie beside open and close by a rounding, in adjusted prices, so these are not compared. */
    private static boolean isPossible(DailyRow row) {
        return row.close() > 0
                && row.base() > 0
                && row.open() >= 0
                && row.high() >= row.low()
                && row.low() >= 0
                && row.volume() >= 0
                && row.value() >= 0
                && row.shares() >= 0;
    }
}
