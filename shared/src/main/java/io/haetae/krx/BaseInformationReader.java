package io.haetae.krx;

import com.fasterxml.jackson.core.JsonParser;
import io.haetae.krx.OutBlockParser.ImpossibleRowException;
import io.haetae.krx.OutBlockParser.Parsed;
import io.haetae.krx.OutBlockParser.RowReader;
import io.haetae.krx.OutBlockParser.UnusableAnswerException;
import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code stk_isu_base_info}, {@code ksq_isu_base_info} or {@code knx_isu_base_info}: what a listed share is. Here
 * {@code ISU_CD} is the ISIN and {@code ISU_SRT_CD} the short code. The rows carry no date of their own.
 */
final class BaseInformationReader implements RowReader<ListedShare> {

    private static final String NO_PAR_VALUE = "무액면";

    private final KrxMarket market;

    private String symbol = "";
    private String isin = "";
    private String formalName = "";
    private String name = "";
    private String englishName = "";
    private @Nullable LocalDate listed;
    private String group = "";
    private String department = "";
    private String kind = "";
    private @Nullable BigDecimal parValue;
    private long shares = -1;

    private BaseInformationReader(KrxMarket market) {
        this.market = market;
    }

    /** By symbol. */
    static Parsed<ListedShare> parse(InputStream body, KrxMarket market) throws IOException, UnusableAnswerException {
        return OutBlockParser.parse(body, () -> new BaseInformationReader(market), ListedShare::symbol);
    }

    @Override
    public void field(String field, JsonParser json) throws IOException, UnusableAnswerException {
        switch (field) {
            case "ISU_SRT_CD" -> symbol = Fields.text(field, json);
            case "ISU_CD" -> isin = Fields.text(field, json);
            case "ISU_NM" -> formalName = Fields.text(field, json);
            case "ISU_ABBRV" -> name = Fields.text(field, json);
            case "ISU_ENG_NM" -> englishName = Fields.text(field, json);
            case "LIST_DD" -> listed = Fields.date(field, json);
            case "SECUGRP_NM" -> group = Fields.text(field, json);
            case "SECT_TP_NM" -> department = Fields.text(field, json);
            case "KIND_STKCERT_TP_NM" -> kind = Fields.text(field, json);
            case "PARVAL" ->
                parValue = Fields.text(field, json).equals(NO_PAR_VALUE) ? null : Fields.decimal(field, json);
            case "LIST_SHRS" -> shares = Fields.whole(field, json);
            default -> {}
        }
    }

    @Override
    public ListedShare row() throws UnusableAnswerException, ImpossibleRowException {
        if (!Fields.isShortCode(symbol)) {
            throw new UnusableAnswerException("lacks a six-character code, " + OutBlockParser.shown(symbol));
        }
        if (isin.length() != 12 || listed == null || name.isEmpty()) {
            throw new UnusableAnswerException("of " + symbol + " lacks its ISIN, its day of listing or its name");
        }
        if (shares < 0 || parValue != null && parValue.signum() < 0) {
            throw new ImpossibleRowException(
                    "%s cannot be: %d shares of par value %s".formatted(symbol, shares, parValue));
        }
        return new ListedShare(
                symbol, isin, market, name, formalName, englishName, listed, group, department, kind, parValue, shares);
    }
}
