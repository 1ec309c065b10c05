package io.haetae.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.TradingStatus;
import io.haetae.market.TradingStatus.Mark;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KisStatusTest {

    @ParameterizedTest
    @CsvSource({
        "iscd_stat_cls_code,51,ADMINISTRATIVE",
        "iscd_stat_cls_code,52,INVESTMENT_RISK",
        "iscd_stat_cls_code,53,INVESTMENT_WARNING",
        "iscd_stat_cls_code,54,INVESTMENT_CAUTION",
        "iscd_stat_cls_code,58,HALTED",
        "iscd_stat_cls_code,59,OVERHEATED",
        "mrkt_warn_cls_code,01,INVESTMENT_CAUTION",
        "mrkt_warn_cls_code,02,INVESTMENT_WARNING",
        "mrkt_warn_cls_code,03,INVESTMENT_RISK",
        "temp_stop_yn,Y,HALTED",
        "sltr_yn,Y,LIQUIDATION",
        "mang_issu_cls_code,Y,ADMINISTRATIVE",
        "short_over_yn,Y,OVERHEATED",
        "invt_caful_yn,Y,INVESTMENT_ATTENTION",
        "vi_cls_code,Y,VOLATILITY_INTERRUPTION"
    })
    void eachMarkIsRead(String field, String code, Mark mark) throws Exception {
        TradingStatus status = status(Map.of(field, code));
        assertThat(status.marks()).containsExactly(mark);
        assertThat(status.unknown()).isEmpty();
        Set<Mark> bars = EnumSet.of(Mark.HALTED, Mark.LIQUIDATION, Mark.ADMINISTRATIVE);
        assertThat(status.entryBar()).isEqualTo(Optional.of(mark).filter(bars::contains));
    }

    @ParameterizedTest
    @CsvSource({
        "iscd_stat_cls_code,00",
        "iscd_stat_cls_code,55",
        "iscd_stat_cls_code,57",
        "mrkt_warn_cls_code,00",
        "vi_cls_code,N",
        "sltr_yn,''"
    })
    void whatMarksNothingIsPlain(String field, String code) throws Exception {
        assertThat(status(Map.of(field, code))).isEqualTo(TradingStatus.PLAIN);
    }

    @Test
    void aCodeWithoutAMeaningHereIsKeptAndNotGuessed() throws Exception {
        TradingStatus status = status(Map.of("iscd_stat_cls_code", "77", "vi_cls_code", "Z"));
        assertThat(status)
                .isEqualTo(
                        new TradingStatus(Set.of(), new TreeSet<>(Set.of("iscd_stat_cls_code=77", "vi_cls_code=Z"))));
        assertThat(status.entryBar()).isEmpty();
    }

    private static TradingStatus status(Map<String, String> fields) throws KisException {
        String output = fields.entrySet().stream()
                .map(field -> "\"%s\":\"%s\"".formatted(field.getKey(), field.getValue()))
                .collect(Collectors.joining(","));
        byte[] body =
                ("{\"rt_cd\":\"0\",\"output\":{" + output + "}}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return KisPrices.price(KisAnswer.read("KIS inquire-price of 000430", 200, body), "000430")
                .status();
    }
}
