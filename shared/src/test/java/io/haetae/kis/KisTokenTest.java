package io.haetae.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.haetae.kis.KisException.Kind;
import io.haetae.time.TimeSource;
import io.haetae.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KisTokenTest {

    private static final Instant NINE = Instant.parse("2026-03-06T00:00:00Z");
    private static final TimeZone ZONE = TimeZone.getDefault();

    private final VirtualTime time = new VirtualTime(NINE);
    private final FakeKis kis = new FakeKis(time::now);

    @AfterEach
    void stop() {
        kis.close();
        TimeZone.setDefault(ZONE);
    }

    /** A clock that stands: who sleeps is woken when the first token is there. */
    private record Standing(CountDownLatch answered) implements TimeSource {
        @Override
        public Instant now() {
            return NINE;
        }

        @Override
        public void sleepUntil(Instant moment) throws InterruptedException {
            if (!answered.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no token came");
            }
        }
    }

    /** T3: one token a minute, and each cold start asked. */
    @Test
    void tenColdStartsInOneSecondIssueOneToken() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch together = new CountDownLatch(1);
        List<Future<String>> starts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                KisToken token = kis.token(new Standing(answered));
                starts.add(threads.submit(() -> {
                    together.await();
                    String got = token.current();
                    answered.countDown();
                    return got;
                }));
            }
            together.countDown();
            for (Future<String> start : starts) {
                assertThat(start.get()).isEqualTo("first");
            }
        }
        assertThat(kis.issues).hasSize(1);
    }

    /** T1, T2: an expiry that is never checked, or read in another zone than it is written in. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Seoul", "America/New_York"})
    void aTokenEndsToTheSecondInEveryZone(String zone) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        kis.tokens.clear();
        kis.tokens.add(ending("2026-03-07 09:00:00", 86_400));
        kis.tokens.add(FakeKis.token("second"));
        KisToken token = kis.token(time);
        assertThat(token.current()).isEqualTo("first");
        Instant replaced = NINE.plus(Duration.ofHours(23));
        time.advanceTo(replaced.minusSeconds(1));
        assertThat(token.current()).isEqualTo("first");
        assertThat(kis.token(time).current()).as("of a cold start").isEqualTo("first");
        time.advanceTo(replaced);
        assertThat(kis.token(time).current()).as("of a cold start").isEqualTo("second");
        assertThat(token.current()).isEqualTo("second");
        time.advanceTo(replaced.plusSeconds(1));
        assertThat(token.current()).isEqualTo("second");
        assertThat(kis.issues).hasSize(2);
    }

    /** T2: the broker hands the same token out for hours and counts its seconds anew; its wall time in Seoul stands. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Seoul", "America/New_York"})
    void theEarlierOfTheTwoEndsCounts(String zone) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        kis.tokens.clear();
        kis.tokens.add(ending("2026-03-07 05:00:00", 86_400));
        kis.tokens.add(FakeKis.token("second"));
        KisToken token = kis.token(time);
        assertThat(token.current()).isEqualTo("first");
        time.advanceTo(NINE.plus(Duration.ofHours(19)).minusSeconds(1));
        assertThat(token.current()).isEqualTo("first");
        time.advanceTo(NINE.plus(Duration.ofHours(19)));
        assertThat(token.current()).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a time", "2026-13-07 09:00:00"})
    void anEndThatIsNoTimeIsNotGuessed(String ends) throws Exception {
        kis.tokens.clear();
        kis.tokens.add(ending(ends, 86_400));
        if (ends.isEmpty()) {
            assertThat(kis.token(time).current()).isEqualTo("first");
        } else {
            assertThat(failure().kind()).isEqualTo(Kind.MALFORMED);
        }
    }

    /** T3: the refusal has a body of another shape than every other answer. */
    @Test
    void theMinuteBetweenTokensIsToldFromItsOwnShapeOfBody() throws Exception {
        kis.tokens.clear();
        kis.tokens.add(tooEarly());
        kis.tokens.add(FakeKis.token("late"));
        assertThat(kis.token(time).current()).isEqualTo("late");
        assertThat(Duration.between(kis.issues.get(0), kis.issues.get(1))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aBrokerThatNeverIssuesIsLeftAfterThreeTurns() {
        kis.tokens.clear();
        kis.tokens.add(tooEarly());
        KisException failure = failure();
        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure).hasMessageContaining("EGW00133").hasMessageContaining("later");
        assertThat(kis.issues).hasSize(3);
    }

    /** T4: whether the lost answer issued a token is not known; the next turn asks again, and nothing loops. */
    @Test
    void aLostAnswerIsAskedForAgainInTheNextTurn() throws Exception {
        kis.tokens.clear();
        kis.tokens.add(FakeKis.Scripted.silence());
        kis.tokens.add(FakeKis.token("first"));
        assertThat(kis.token(time).current()).isEqualTo("first");
        assertThat(kis.issues).containsExactly(NINE, NINE.plusSeconds(60));
    }

    @Test
    void aTokenThatCannotBeIssuedIsOneErrorThatSaysWhatToDo() {
        kis.tokens.clear();
        kis.tokens.add(new FakeKis.Scripted(
                403, "{\"error_description\":\"유효하지 않은 AppSecret입니다.\",\"error_code\":\"EGW00105\"}"));
        KisException failure = failure();
        assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(failure)
                .hasMessageContaining("/oauth2/tokenP")
                .hasMessageContaining("kis/app-secret")
                .hasMessageNotContaining(FakeKis.SECRET_PARTS);
        assertThat(kis.issues).hasSize(1);
    }

    /** T3: the token is refused in the middle of a run. */
    @Test
    void aTokenRefusedMidCallIsReplacedOnce() throws Exception {
        kis.answers.add(
                new FakeKis.Scripted(500, "{\"rt_cd\":\"1\",\"msg_cd\":\"EGW00123\",\"msg1\":\"기간이 만료된 token 입니다.\"}"));
        kis.answers.add(new FakeKis.Scripted(
                200, "{\"rt_cd\":\"0\",\"msg_cd\":\"MCA00000\",\"output\":{\"stck_prpr\":\"71200\"}}"));
        kis.tokens.add(FakeKis.token("second"));
        assertThat(kis.client(time).price("000430").last()).isEqualTo(71_200L);
        assertThat(kis.bearers).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void aKeptTokenThatWasCutShortOrIsAnothersIsIssuedAnew() throws Exception {
        for (String kept : List.of("", "{\"accessToken\":\"old\",\"refre", "[]", "{\"accessToken\":\"old\"}")) {
            kis.secrets.values.put(KisToken.SECRET, kept);
            time.advanceTo(time.now().plusSeconds(120));
            assertThat(kis.token(time).current()).as(kept).isEqualTo("first");
        }
        assertThat(kis.issues).hasSize(4);
    }

    private KisException failure() {
        return catchThrowableOfType(KisException.class, () -> kis.token(time).current());
    }

    private static FakeKis.Scripted tooEarly() {
        return new FakeKis.Scripted(
                403, "{\"error_description\":\"접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)\",\"error_code\":\"EGW00133\"}");
    }

    private static FakeKis.Scripted ending(String wall, int seconds) {
        return new FakeKis.Scripted(200, """
                {"access_token":"first","access_token_token_expired":"%s","token_type":"Bearer","expires_in":%d}""".formatted(wall, seconds));
    }
}
