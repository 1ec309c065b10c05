package io.haetae.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.haetae.kis.KisException.Kind;
import io.haetae.market.InstrumentId;
import io.haetae.market.Quote;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.market.TradingStatus;
import io.haetae.market.Venue;
import io.haetae.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KisClientTest {

    private static final Instant FOUR = Instant.parse("2026-03-06T07:00:00Z");
    private static final String LIMITED = "{\"rt_cd\":\"1\",\"msg_cd\":\"EGW00201\",\"msg1\":\"too many\"}";
    private static final String EXPIRED = "{\"rt_cd\":\"1\",\"msg_cd\":\"EGW00123\",\"msg1\":\"expired\"}";

    private VirtualTime time = new VirtualTime(FOUR);
    private final FakeKis kis = new FakeKis(() -> time.now());
    private final Deque<FakeKis.Scripted> prices = kis.answers;
    private final Deque<FakeKis.Scripted> tokens = kis.tokens;
    private final List<String> bearers = kis.bearers;
    private final List<Instant> issues = kis.issues;
    private final KisClient client = kis.client(time);

    private KisClient client() {
        return kis.client(time);
    }

    @AfterEach
    void stop() {
        kis.close();
    }

    @Test
    void aPriceIsReadWithNothingForZero() throws Exception {
        prices.add(price("N", "55", "71200", "70900", "71500", "70100", "0.00", "-412.00"));
        KisPrice price = client.price("000430");
        assertThat(price)
                .isEqualTo(new KisPrice(
                        "000430",
                        71200L,
                        71000L,
                        70900L,
                        71500L,
                        70100L,
                        1234,
                        87_860_800,
                        21_000_000L,
                        92300L,
                        49700L,
                        100L,
                        TradingStatus.PLAIN,
                        null,
                        1.31,
                        -412.0,
                        54_100.0));
        assertThat(bearers).containsExactly("Bearer first");
    }

    @Test
    void oneTokenServesManyCallsAndClients() throws Exception {
        prices.add(price("N", "55", "71200", "70900", "71500", "70100", "10.1", "1"));
        client.price("000430");
        client.price("000430");
        client().price("000430");
        time.advanceTo(FOUR.plus(Duration.ofHours(22)));
        client.price("000430");
        assertThat(issues).hasSize(1);
        assertThat(kis.secrets.values).containsOnlyKeys("kis/token");
    }

    @Test
    void aTokenIsReplacedAnHourBeforeItsEnd() throws Exception {
        prices.add(price("N", "55", "71200", "70900", "71500", "70100", "10.1", "1"));
        client.price("000430");
        tokens.clear();
        tokens.add(FakeKis.token("second"));
        time.advanceTo(FOUR.plus(Duration.ofHours(23)));
        client.price("000430");
        assertThat(bearers).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void aRefusedTokenIsReplacedOnceAndNeverTwiceAMinute() throws Exception {
        prices.add(new FakeKis.Scripted(500, EXPIRED));
        prices.add(price("N", "55", "71200", "70900", "71500", "70100", "10.1", "1"));
        tokens.add(FakeKis.token("second"));
        assertThat(client.price("000430").last()).isEqualTo(71200L);
        assertThat(bearers).containsExactly("Bearer first", "Bearer second");
        assertThat(Duration.between(issues.get(0), issues.get(1))).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aTokenRefusedAgainIsAnError() {
        prices.add(new FakeKis.Scripted(500, EXPIRED));
        assertThat(failure().kind()).isEqualTo(Kind.TOKEN);
        assertThat(bearers).hasSize(2);
    }

    @Test
    void theBrokersMinuteBetweenTokensIsWaitedOut() throws Exception {
        tokens.clear();
        tokens.add(new FakeKis.Scripted(403, "{\"error_description\":\"later\",\"error_code\":\"EGW00133\"}"));
        tokens.add(FakeKis.token("late"));
        prices.add(price("N", "55", "71200", "70900", "71500", "70100", "10.1", "1"));
        client.price("000430");
        assertThat(bearers).containsExactly("Bearer late");
        assertThat(time.now()).isAfterOrEqualTo(FOUR.plusSeconds(60));
    }

    @Test
    void aMinuteTakenByAClockAheadOfOursIsNoObstacle() throws Exception {
        prices.add(price("N", "55", "71200", "70900", "71500", "70100", "10.1", "1"));
        time.advanceTo(FOUR.plus(Duration.ofDays(30)));
        client.price("000430");
        kis.secrets.values.clear();
        time = new VirtualTime(FOUR);
        client().price("000430");
        assertThat(issues).containsExactly(FOUR.plus(Duration.ofDays(30)), FOUR);
    }

    @Test
    void aStrayRateRefusalIsCalledAgainAtOnce() throws Exception {
        prices.add(new FakeKis.Scripted(500, LIMITED));
        prices.add(price("N", "55", "71200", "70900", "71500", "70100", "10.1", "1"));
        assertThat(client.price("000430").last()).isEqualTo(71200L);
        assertThat(time.now()).isEqualTo(FOUR.plusMillis(100));
    }

    @Test
    void callsAreSpacedByTheConfiguredRate() throws Exception {
        prices.add(price("N", "55", "71200", "70900", "71500", "70100", "10.1", "1"));
        for (int i = 0; i < 21; i++) {
            client.price("000430");
        }
        assertThat(time.now()).isEqualTo(FOUR.plusSeconds(2));
    }

    @Test
    void answersAreJudgedByTheirBodyAndErrorsHoldNoKey() {
        Map<String, Kind> kinds = Map.of(
                "{\"rt_cd\":\"1\",\"msg_cd\":\"EGW02004\",\"msg1\":\"wrong environment\"}", Kind.CONFIGURATION,
                "{\"rt_cd\":\"2\",\"msg_cd\":\"OPSQ2001\",\"msg1\":\"bad input\"}", Kind.REJECTED,
                "{\"rt_cd\":\"0\",\"msg_cd\":\"MCA00000\"}", Kind.MALFORMED,
                "<html>", Kind.MALFORMED,
                "", Kind.MALFORMED);
        kinds.forEach((body, kind) -> {
            prices.clear();
            prices.add(new FakeKis.Scripted(200, body));
            assertThat(failure())
                    .hasMessageNotContaining("of-ours")
                    .extracting(KisException::kind)
                    .as(body)
                    .isEqualTo(kind);
        });
    }

    @Test
    void aHaltedShareIsQuotedButNotTradable() {
        prices.add(price("N", "58", "71200", "0", "0", "0", "10.1", "1"));
        InstrumentId share = new InstrumentId(Venue.KIS, "000430");
        Quote quote = Objects.requireNonNull(
                new KisQuotes(client, time).quotes(List.of(share)).get(share));
        assertThat(quote.tradable()).isFalse();
        assertThat(quote.why()).isEqualTo("halted");
        assertThat(quote.open()).isNull();
        assertThat(quote.last()).isEqualByComparingTo("71200");
        assertThat(quote.upperLimit()).isEqualByComparingTo("92300");
    }

    @Test
    void aShareTheBrokerRejectsIsLeftOutButSilenceIsAnError() {
        InstrumentId share = new InstrumentId(Venue.KIS, "000430");
        prices.add(new FakeKis.Scripted(200, "{\"rt_cd\":\"1\",\"msg_cd\":\"MCA00124\",\"msg1\":\"unknown\"}"));
        assertThat(new KisQuotes(client, time).quotes(List.of(share))).isEmpty();
        kis.close();
        assertThatThrownBy(() -> new KisQuotes(client, time).quotes(List.of(share)))
                .isInstanceOf(QuotesUnavailableException.class);
    }

    private KisException failure() {
        return catchThrowableOfType(KisException.class, () -> client.price("000430"));
    }

    private static FakeKis.Scripted price(
            String stopped, String status, String last, String open, String high, String low, String per, String eps) {
        return new FakeKis.Scripted(200, """
                {"rt_cd":"0","msg_cd":"MCA00000","msg1":"ok   ","output":{"iscd_stat_cls_code":"%s","temp_stop_yn":"%s",\
                "stck_prpr":"%s","stck_oprc":"%s","stck_hgpr":"%s","stck_lwpr":"%s","stck_sdpr":"71000",\
                "aspr_unit":"100","stck_mxpr":"92300","stck_llam":"49700","acml_vol":"1234","acml_tr_pbmn":"87860800",\
                "lstn_stcn":"21000000","per":"%s","pbr":"1.31","eps":"%s","bps":"54100.00"}}""".formatted(status, stopped, last, open, high, low, per, eps));
    }
}
