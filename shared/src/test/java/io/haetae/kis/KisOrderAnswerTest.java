package io.haetae.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.kis.KisOrderAnswer.Verdict;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each class of answer to an order proves. */
class KisOrderAnswerTest {

    private static Verdict of(int status, String body) {
        return KisOrderAnswer.verdict("KIS order-cash", status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Verdict coded(int status, String result, String code, String said) {
        return of(status, "{\"rt_cd\":\"%s\",\"msg_cd\":\"%s\",\"msg1\":\"%s   \"}".formatted(result, code, said));
    }

    @Test
    void aNumberWithoutAnErrorIsTaken() {
        assertThat(of(200, """
                {"rt_cd":"0","msg_cd":"APBK0013","msg1":"sent   ","output":{"KRX_FWDG_ORD_ORGNO":"06010","odno":"431","ORD_TMD":"090112"}}""")).isEqualTo(new Verdict.Taken("0000000431"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, 7, APBK0952, 주문가능금액을 초과 했습니다",
        "200, 1, APBK0400, 주문 가능한 수량을 초과 했습니다",
        "200, 1, APBK0918, 장운영시간이 아닙니다",
        "200, 1, APBK7777, a code nobody wrote down",
        "200, 1, 40580000, 모의투자 장종료 입니다",
        "200, 1, 40100000, 모의투자 영업일이 아닙니다",
        "200, 1, 40910000, not registered",
        "200, 1, IGW00002, not registered",
        "200, 1, KIER3672, reserved orders only",
        "200, 2, OPSQ2000, ERROR : INPUT INVALID_CHECK_ACNO",
        "200, 2, OPSQ2001, ERROR : INPUT",
        "200, 2, OPSQ2002, ERROR : INPUT",
        "200, 2, OPSQ0002, unknown transaction",
        "200, 1, MCA00124, 해당 서비스를 찾을수 없습니다"
    })
    void aRefusalOfAKnownClassProvesThatNothingWasTaken(int status, String result, String code, String said) {
        assertThat(coded(status, result, code, said)).isEqualTo(new Verdict.Refused(code, said));
    }

    @ParameterizedTest
    @CsvSource({
        "500, 1, EGW00103, wrong key",
        "500, 1, EGW00105, wrong secret",
        "500, 1, EGW00304, wrong secret",
        "500, 1, EGW02004, wrong environment",
        "500, 1, EGW02006, 모의투자 TR 이 아닙니다",
        "500, 1, EGW00213, wrong environment"
    })
    void whatTheGatewayDoesNotLetInNobodyHasJudged(int status, String result, String code, String said) {
        assertThat(coded(status, result, code, said)).isEqualTo(new Verdict.Unjudged(code, said));
    }

    @ParameterizedTest
    @CsvSource({
        "500, 1, EGW00301, 연결 시간이 초과되었습니다. 직전 거래를 반드시 확인하세요.",
        "500, 1, EGW00302, 거래시간이 초과되었습니다. 직전 거래를 반드시 확인하세요.",
        "500, 1, EGW00202, routing",
        "500, 1, EGW00203, routing",
        "500, 1, EGW00300, routing",
        "500, 1, EGW99999, a code of the gateway nobody wrote down",
        "200, 1, XYZ00001, a system nobody wrote of",
        "200, 1, APBK0999, 거래시간이 초과되었습니다",
        "502, 1, APBK0952, from something in between"
    })
    void whatMayHaveBeenTakenIsNotKnown(int status, String result, String code, String said) {
        assertThat(coded(status, result, code, said)).isInstanceOf(Verdict.Unsure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "<html>busy</html>",
                "{}",
                "{\"rt_cd\":\"0\"}",
                "{\"rt_cd\":\"0\",\"msg_cd\":\"APBK0013\",\"output\":{\"ODNO\":\"\"}}",
                "{\"rt_cd\":\"0\",\"msg_cd\":\"APBK0013\",\"output\":{\"ODNO\":\"12 34\"}}",
                "{\"rt_cd\":\"1\",\"msg_cd\":\"APBK0952\",\"output\":{\"ODNO\":\"0000000431\"}}",
                "{\"rt_cd\":\"0\",\"msg_cd\":\"APBK0013\",\"output\":{\"ODNO\":\"0000000"
            })
    void anAnswerOfAnotherShapeProvesNothing(String body) {
        for (int status : new int[] {200, 307, 400, 404, 408, 500, 502, 503}) {
            assertThat(of(status, body)).as("HTTP %s", status).isInstanceOf(Verdict.Unsure.class);
        }
    }

    @Test
    void tooManyCallsAndTokensAreRefusedBeforeTheOrderIsLookedAt() {
        assertThat(coded(500, "1", "EGW00201", "초당 거래건수를 초과하였습니다."))
                .isEqualTo(new Verdict.Throttled("EGW00201", "초당 거래건수를 초과하였습니다."));
        assertThat(coded(200, "1", "EGW00215", "busy")).isInstanceOf(Verdict.Throttled.class);
        assertThat(of(429, "")).isInstanceOf(Verdict.Throttled.class);
        assertThat(of(429, "{}")).isInstanceOf(Verdict.Throttled.class);
        for (String code : new String[] {"EGW00121", "EGW00122", "EGW00123"}) {
            assertThat(coded(500, "1", code, "token")).isEqualTo(new Verdict.TokenRefused(code, "token"));
        }
        assertThat(of(401, "{}")).isInstanceOf(Verdict.TokenRefused.class);
    }
}
