package io.haetae.kis;

import io.haetae.market.TradingStatus;
import io.haetae.market.TradingStatus.Mark;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the answer of {@code inquire-price}. */
final class KisPrices {

    /** {@code iscd_stat_cls_code}, of which a share has one. 00, 55 and 57 say nothing but how it may be bought on credit. */
    private static final Map<String, Set<Mark>> STATUS = Map.of(
            "00", Set.of(),
            "51", Set.of(Mark.ADMINISTRATIVE),
            "52", Set.of(Mark.INVESTMENT_RISK),
            "53", Set.of(Mark.INVESTMENT_WARNING),
            "54", Set.of(Mark.INVESTMENT_CAUTION),
            "55", Set.of(),
            "57", Set.of(),
            "58", Set.of(Mark.HALTED),
            "59", Set.of(Mark.OVERHEATED));

    /** {@code mrkt_warn_cls_code}: the stage of the market alert. */
    private static final Map<String, Set<Mark>> ALERT = Map.of(
            "00", Set.of(),
            "01", Set.of(Mark.INVESTMENT_CAUTION),
            "02", Set.of(Mark.INVESTMENT_WARNING),
            "03", Set.of(Mark.INVESTMENT_RISK));

    private KisPrices() {}

    static KisPrice price(KisAnswer answer, String symbol) throws KisException {
        KisAnswer output = answer.inside("output");
        String of = output.text("stck_shrn_iscd");
        if (!of.isEmpty() && !of.equals(symbol)) {
            throw output.malformed("an answer about another share");
        }
        Long high = output.whole("stck_hgpr");
        Long low = output.whole("stck_lwpr");
        if (high != null && low != null && low > high) {
            throw output.malformed("stck_lwpr above stck_hgpr");
        }
        return new KisPrice(
                symbol,
                output.whole("stck_prpr"),
                output.whole("stck_sdpr"),
                output.whole("stck_oprc"),
                high,
                low,
                orZero(output.whole("acml_vol")),
                orZero(output.whole("acml_tr_pbmn")),
                output.whole("lstn_stcn"),
                output.whole("stck_mxpr"),
                output.whole("stck_llam"),
                output.whole("aspr_unit"),
                status(output),
                output.figure("per"),
                output.figure("pbr"),
                output.figure("eps"),
                output.figure("bps"));
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    /** What the Exchange has marked; a code without a meaning here is kept as it is. */
    private static TradingStatus status(KisAnswer output) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        SortedSet<String> unknown = new TreeSet<>();
        coded(output, "iscd_stat_cls_code", STATUS, marks, unknown);
        coded(output, "mrkt_warn_cls_code", ALERT, marks, unknown);
        flagged(output, "temp_stop_yn", Mark.HALTED, marks, unknown);
        flagged(output, "sltr_yn", Mark.LIQUIDATION, marks, unknown);
        flagged(output, "mang_issu_cls_code", Mark.ADMINISTRATIVE, marks, unknown);
        flagged(output, "short_over_yn", Mark.OVERHEATED, marks, unknown);
        flagged(output, "invt_caful_yn", Mark.INVESTMENT_ATTENTION, marks, unknown);
        flagged(output, "vi_cls_code", Mark.VOLATILITY_INTERRUPTION, marks, unknown);
        return marks.isEmpty() && unknown.isEmpty() ? TradingStatus.PLAIN : new TradingStatus(marks, unknown);
    }

    private static void coded(
            KisAnswer output, String field, Map<String, Set<Mark>> meaning, Set<Mark> marks, Set<String> unknown) {
        String code = output.text(field);
        if (code.isEmpty()) {
            return;
        }
        Set<Mark> known = meaning.get(code);
        if (known == null) {
            unknown.add(named(field, code));
        } else {
            marks.addAll(known);
        }
    }

    private static void flagged(KisAnswer output, String field, Mark mark, Set<Mark> marks, Set<String> unknown) {
        String code = output.text(field);
        switch (code) {
            case "Y" -> marks.add(mark);
            case "N", "" -> {}
            default -> unknown.add(named(field, code));
        }
    }

    private static String named(String field, String code) {
        return field + "=" + code.substring(0, Math.min(code.length(), 10));
    }
}
