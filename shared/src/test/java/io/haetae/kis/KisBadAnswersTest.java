package io.haetae.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.haetae.kis.KisException.Kind;
import io.haetae.time.VirtualTime;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which an answer can be wrong, over HTTP: typed, without a secret, naming the call and what to do. */
class KisBadAnswersTest {

    private static final Instant FOUR = Instant.parse("2026-03-06T07:00:00Z");
    private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
    private static final String GOOD =
            "{\"rt_cd\":\"0\",\"msg_cd\":\"MCA00000\",\"msg1\":\"ok\",\"output\":{\"stck_prpr\":\"71200\"}}";

    private final VirtualTime time = new VirtualTime(FOUR);
    private final FakeKis kis = new FakeKis(time::now);
    private final KisClient client = kis.client(time);

    @AfterEach
    void stop() {
        kis.close();
    }

    static List<Arguments> ofEveryCall() {
        return List.of(
                Arguments.of("empty", answer(200, ""), Kind.MALFORMED),
                Arguments.of("HTML", answer(200, "<html><body>점검중</body></html>"), Kind.MALFORMED),
                Arguments.of("cut short by the server", answer(200, GOOD.substring(0, 60)), Kind.MALFORMED),
                Arguments.of(
                        "cut short on the way",
                        new FakeKis.Scripted(200, GOOD.getBytes(Charset.forName("UTF-8")), GOOD.length() + 50),
                        Kind.UNAVAILABLE),
                Arguments.of("there twice", answer(200, GOOD + GOOD), Kind.MALFORMED),
                Arguments.of(
                        "a field twice",
                        answer(200, "{\"rt_cd\":\"0\",\"rt_cd\":\"1\",\"output\":{}}"),
                        Kind.MALFORMED),
                Arguments.of("a list", answer(200, "[" + GOOD + "]"), Kind.MALFORMED),
                Arguments.of(
                        "without output", answer(200, "{\"rt_cd\":\"0\",\"msg_cd\":\"MCA00000\"}"), Kind.MALFORMED),
                Arguments.of("output of another kind", answer(200, "{\"rt_cd\":\"0\",\"output\":7}"), Kind.MALFORMED),
                Arguments.of("without rt_cd", answer(200, "{\"output\":{\"stck_prpr\":\"71200\"}}"), Kind.MALFORMED),
                Arguments.of(
                        "in the Korean code page",
                        new FakeKis.Scripted(
                                200, "{\"rt_cd\":\"0\",\"msg1\":\"정상\"}".getBytes(Charset.forName("MS949"))),
                        Kind.MALFORMED),
                Arguments.of(
                        "endless", answer(200, "{\"rt_cd\":\"0\",\"msg1\":\"" + "x".repeat(1 << 20)), Kind.MALFORMED),
                Arguments.of("nested too deep", answer(200, "[".repeat(100_000)), Kind.MALFORMED),
                Arguments.of("429", answer(429, "slow down"), Kind.RATE_LIMITED),
                Arguments.of("401", answer(401, ""), Kind.UNAVAILABLE),
                Arguments.of("403", answer(403, "<html>blocked</html>"), Kind.UNAVAILABLE),
                Arguments.of("500", answer(500, "oops"), Kind.UNAVAILABLE),
                Arguments.of("503", answer(503, ""), Kind.UNAVAILABLE),
                Arguments.of("dropped", FakeKis.Scripted.silence(), Kind.UNAVAILABLE),
                Arguments.of("EGW00201", coded(500, "EGW00201"), Kind.RATE_LIMITED),
                Arguments.of("EGW00215", coded(500, "EGW00215"), Kind.RATE_LIMITED),
                Arguments.of("EGW00301", coded(500, "EGW00301"), Kind.UNAVAILABLE),
                Arguments.of("EGW02004", coded(500, "EGW02004"), Kind.CONFIGURATION),
                Arguments.of("EGW02006", coded(500, "EGW02006"), Kind.NOT_ON_PAPER),
                Arguments.of("MCA00124", coded(200, "MCA00124"), Kind.REJECTED),
                Arguments.of("a code nobody knows", coded(200, "ZZZ99999"), Kind.REJECTED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofEveryCall")
    void aPriceThatIsNoneIsTyped(String what, FakeKis.Scripted answer, Kind kind) {
        kis.answers.add(answer);
        KisException failure = catchThrowableOfType(KisException.class, () -> client.price("000430"));
        assertThat(failure.kind()).as(what).isEqualTo(kind);
        assertThat(failure)
                .hasMessageStartingWith("KIS inquire-price of 000430: ")
                .hasMessageContaining("; ")
                .hasMessageNotContaining(FakeKis.SECRET_PARTS);
        assertThat(failure.getMessage()).doesNotContain("\n").hasSizeLessThan(400);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofEveryCall")
    void openDaysThatAreNoneAreTyped(String what, FakeKis.Scripted answer, Kind kind) {
        kis.answers.add(answer);
        KisException failure =
                catchThrowableOfType(KisException.class, () -> client.openDays(FRIDAY, FRIDAY.plusDays(30)));
        assertThat(failure.kind()).as(what).isEqualTo(kind);
        assertThat(failure).hasMessageStartingWith("KIS chk-holiday from 2026-03-06: ");
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForForEver() {
        kis.answers.add(FakeKis.Scripted.never());
        KisClient impatient = kis.client(
                KisClient.http()
                        .newBuilder()
                        .readTimeout(Duration.ofMillis(200))
                        .build(),
                time);
        KisException failure = catchThrowableOfType(KisException.class, () -> impatient.price("000430"));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("000430").hasMessageContaining("try again later");
    }

    static List<Arguments> figures() {
        return List.of(
                Arguments.of("stck_prpr", "128,500"),
                Arguments.of("stck_prpr", "-128500"),
                Arguments.of("stck_prpr", "9223372036854775808"),
                Arguments.of("stck_prpr", "1E999999999"),
                Arguments.of("stck_prpr", "0x1F"),
                Arguments.of("stck_prpr", "１２８"),
                Arguments.of("acml_vol", "-1"),
                Arguments.of("acml_tr_pbmn", "99999999999999999999"),
                Arguments.of("per", "NaN"),
                Arguments.of("eps", "1e400"),
                Arguments.of("lstn_stcn", "many"));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("figures")
    void aFigureThatIsNoneIsNamed(String field, String text) {
        kis.answers.add(answer(200, "{\"rt_cd\":\"0\",\"output\":{\"%s\":\"%s\"}}".formatted(field, text)));
        KisException failure = catchThrowableOfType(KisException.class, () -> client.price("000430"));
        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(failure).hasMessageContaining("000430").hasMessageContaining(field);
    }

    @Test
    void anAnswerAboutAnotherShareIsNotTaken() {
        kis.answers.add(
                answer(200, "{\"rt_cd\":\"0\",\"output\":{\"stck_shrn_iscd\":\"000660\",\"stck_prpr\":\"1\"}}"));
        KisException failure = catchThrowableOfType(KisException.class, () -> client.price("000430"));
        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(failure).hasMessageContaining("another share");
    }

    @Test
    void fieldsAreFoundWhateverTheirCaseAndPadding() throws Exception {
        kis.answers.add(
                answer(500, "{\"RT_CD\":\"0\",\"Msg_cd\":\"KIOK0500\",\"Output\":{\"STCK_PRPR\":\" 71200   \"}}"));
        assertThat(client.price("000430").last()).isEqualTo(71_200L);
    }

    @Test
    void aStrayRefusalIsCalledAgainAtOnceAndABusyLedgerLater() throws Exception {
        kis.answers.add(coded(500, "EGW00201"));
        kis.answers.add(answer(200, GOOD));
        client.price("000430");
        assertThat(time.now()).isEqualTo(FOUR.plus(Duration.ofMillis(100)));
        kis.answers.clear();
        kis.answers.add(coded(500, "EGW00215"));
        kis.answers.add(answer(200, GOOD));
        Instant before = time.now();
        client.price("000430");
        assertThat(time.now()).isAfterOrEqualTo(before.plusSeconds(1));
    }

    @Test
    void aReadIsTriedThreeTimesAndNoMore() {
        kis.answers.add(answer(503, ""));
        assertThatThrownBy(() -> client.price("000430")).isInstanceOf(KisException.class);
        assertThat(kis.bearers).hasSize(3);
    }

    private static FakeKis.Scripted answer(int status, String body) {
        return new FakeKis.Scripted(status, body);
    }

    private static FakeKis.Scripted coded(int status, String code) {
        return answer(status, "{\"rt_cd\":\"1\",\"msg_cd\":\"%s\",\"msg1\":\"말  %s\"}".formatted(code, " ".repeat(70)));
    }
}
