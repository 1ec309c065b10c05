package io.haetae.local.krx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.krx.IndexFamily;
import io.haetae.krx.KrxClient;
import io.haetae.local.http.Answer;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.market.DailyRow;
import io.haetae.market.IndexRow;
import io.haetae.market.Indices;
import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KrxSimulatorTest {

    private static final GeneratedMarket MARKET = new GeneratedMarket(3);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @AfterAll
    static void closeClient() {
        CLIENT.close();
    }

    private static KrxSimulator at(String moment) {
        return new KrxSimulator(
                new VirtualTime(Instant.parse(moment)),
                MARKET,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static HttpResponse<String> get(KrxSimulator krx, String path, String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(krx.base() + path));
        if (!key.isEmpty()) {
            request.header("AUTH_KEY", key);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode rows(KrxSimulator krx, String api, String date) throws IOException, InterruptedException {
        HttpResponse<String> response = get(krx, "/svc/apis/" + api + "?basDd=" + date, KrxSimulator.AUTH_KEY);
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body()).path("OutBlock_1");
    }

    @Test
    void aSessionCanBeReadFromEightOnTheNextBusinessDay() throws Exception {
        try (KrxSimulator krx = at("2026-03-15T22:59:59Z")) {
            assertThat(rows(krx, "sto/stk_bydd_trd", "20260313")).isEmpty();
            assertThat(rows(krx, "sto/stk_bydd_trd", "20260312")).isNotEmpty();
        }
        try (KrxSimulator krx = at("2026-03-15T23:00:00Z")) {
            assertThat(rows(krx, "sto/stk_bydd_trd", "20260313")).hasSizeGreaterThan(900);
            assertThat(rows(krx, "sto/ksq_bydd_trd", "20260313")).hasSizeGreaterThan(1_700);
            assertThat(rows(krx, "sto/knx_bydd_trd", "20260313")).hasSize(12);
            assertThat(rows(krx, "sto/stk_bydd_trd", "20260316")).isEmpty();
            assertThat(rows(krx, "sto/stk_bydd_trd", "20260314")).isEmpty();
            assertThat(rows(krx, "sto/stk_bydd_trd", "nonsense")).isEmpty();
        }
    }

    @Test
    void everyFieldIsAStringAndSaysWhatTheMarketSays() throws Exception {
        try (KrxSimulator krx = at("2026-03-17T23:30:00Z")) {
            JsonNode served = rows(krx, "sto/ksq_bydd_trd", "20260317");
            List<DailyRow> truth = MARKET.rows(LocalDate.of(2026, 3, 17), KrxMarket.KOSDAQ);
            assertThat(served).hasSameSizeAs(truth);
            for (int i = 0; i < truth.size(); i++) {
                JsonNode row = served.get(i);
                DailyRow expected = truth.get(i);
                row.forEach(field -> assertThat(field.isTextual()).isTrue());
                assertThat(row.path("BAS_DD").asText()).isEqualTo("20260317");
                assertThat(row.path("ISU_CD").asText()).isEqualTo(expected.symbol());
                assertThat(row.path("ISU_NM").asText()).isEqualTo(expected.name());
                assertThat(row.path("MKT_NM").asText()).isEqualTo("KOSDAQ");
                assertThat(row.path("TDD_OPNPRC").asLong()).isEqualTo(expected.open());
                assertThat(row.path("TDD_HGPRC").asLong()).isEqualTo(expected.high());
                assertThat(row.path("TDD_LWPRC").asLong()).isEqualTo(expected.low());
                assertThat(row.path("TDD_CLSPRC").asLong()).isEqualTo(expected.close());
                assertThat(row.path("CMPPREVDD_PRC").asLong()).isEqualTo(expected.change());
                assertThat(row.path("FLUC_RT").asText()).matches("-?\\d+\\.\\d\\d");
                assertThat(row.path("ACC_TRDVOL").asLong()).isEqualTo(expected.volume());
                assertThat(row.path("ACC_TRDVAL").asLong()).isEqualTo(expected.value());
                assertThat(row.path("MKTCAP").asLong()).isEqualTo(expected.close() * expected.shares());
                assertThat(row.path("LIST_SHRS").asLong()).isEqualTo(expected.shares());
            }
        }
    }

    @Test
    void theClientReadsAllOfItAndIsToldWhatTheKeyMayNot() throws Exception {
        LocalDate session = LocalDate.of(2026, 3, 17);
        try (KrxSimulator krx = at("2026-03-17T23:30:00Z")) {
            KrxClient client = new KrxClient(
                    KrxClient.http(),
                    krx.base() + "/svc/apis",
                    KrxSimulator.AUTH_KEY,
                    List.of(KrxMarket.values()),
                    (_, _, _, _) -> true,
                    new VirtualTime(Instant.parse("2026-03-17T23:30:00Z")));
            for (KrxMarket market : client.markets()) {
                List<DailyRow> rows = client.dailyTrades(market, session).rows();
                assertThat(rows).isEqualTo(MARKET.rows(session, market));
                assertThat(client.baseInformation(market, session))
                        .extracting(ListedShare::symbol, ListedShare::name, ListedShare::shares)
                        .containsExactlyElementsOf(rows.stream()
                                .map(row -> tuple(row.symbol(), row.name(), row.shares()))
                                .toList());
            }
            assertThat(client.indices(IndexFamily.KOSPI, session))
                    .extracting(IndexRow::name)
                    .containsExactly(Indices.KOSPI);
            krx.disapprove("ksq_isu_base_info");
            assertThatThrownBy(() -> client.baseInformation(KrxMarket.KOSDAQ, session))
                    .hasMessageContaining("ksq_isu_base_info")
                    .hasMessageContaining("apply for it");
            krx.allow(krx.quotaUsed());
            assertThatThrownBy(() -> client.dailyTrades(KrxMarket.KOSPI, session))
                    .hasMessageContaining("HTTP 429")
                    .hasMessageContaining("stk_bydd_trd for 2026-03-17");
        }
    }

    @Test
    void theSameSeedIsTheSameBytes() throws Exception {
        String path = "/svc/apis/sto/stk_bydd_trd?basDd=20260317";
        try (KrxSimulator one = at("2026-03-17T23:30:00Z");
                KrxSimulator other = new KrxSimulator(
                        new VirtualTime(Instant.parse("2026-04-01T00:00:00Z")),
                        new GeneratedMarket(3),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertThat(get(one, path, KrxSimulator.AUTH_KEY).body())
                    .isEqualTo(get(other, path, KrxSimulator.AUTH_KEY).body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "someone else's"})
    void aMissingOrUnknownKeyIsUnauthorized(String key) throws Exception {
        try (KrxSimulator krx = at("2026-03-17T23:30:00Z")) {
            HttpResponse<String> response = get(krx, "/svc/apis/sto/stk_bydd_trd?basDd=20260317", key);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(JSON.readTree(response.body()).path("respMsg").asText()).isEqualTo("Unauthorized Key");
            assertThat(JSON.readTree(response.body()).path("respCode").asText()).isEqualTo("401");
        }
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        try (KrxSimulator krx = at("2026-03-17T23:30:00Z")) {
            HttpResponse<String> response = get(krx, "/svc/apis/sto/none", KrxSimulator.AUTH_KEY);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("[svc/apis/sto/none] API referenced by the path does not exist.");
        }
    }

    @Test
    void countsTheDaysQuota() throws Exception {
        try (KrxSimulator krx = at("2026-03-17T23:30:00Z")) {
            rows(krx, "idx/kospi_dd_trd", "20260317");
            rows(krx, "idx/kospi_dd_trd", "20260318");
            assertThat(krx.quotaUsed()).isEqualTo(2);
        }
    }

    @Test
    void theIndexFollowsFromDayToDay() throws Exception {
        try (KrxSimulator krx = at("2026-03-18T23:30:00Z")) {
            JsonNode before = rows(krx, "idx/kospi_dd_trd", "20260317");
            JsonNode day = rows(krx, "idx/kospi_dd_trd", "20260318");
            assertThat(day.get(0).path("CLSPRC_IDX").asText()).isEqualTo("-");
            assertThat(day.get(1).path("IDX_NM").asText()).isEqualTo("코스피");
            double change = day.get(1).path("CLSPRC_IDX").asDouble()
                    - before.get(1).path("CLSPRC_IDX").asDouble();
            assertThat(change).isNegative();
            assertThat(day.get(1).path("CMPPREVDD_IDX").asDouble())
                    .isCloseTo(change, org.assertj.core.data.Offset.offset(0.001));
        }
    }

    @Test
    void baseInfoNamesEachShareByItsIsin() throws Exception {
        assertThat(KrxSimulator.isin("005930")).isEqualTo("KR7005930003");
        try (KrxSimulator krx = at("2026-03-18T23:30:00Z")) {
            JsonNode info = rows(krx, "sto/stk_isu_base_info", "20260318");
            assertThat(info).hasSameSizeAs(rows(krx, "sto/stk_bydd_trd", "20260318"));
            assertThat(info.get(0).path("ISU_CD").asText()).matches("KR7[0-9A-Z]{6}00\\d");
            assertThat(info.get(0).path("LIST_DD").asText()).matches("\\d{8}");
        }
    }

    @Test
    void faultsComeWhenAskedFor() throws Exception {
        try (KrxSimulator krx = at("2026-03-18T23:30:00Z")) {
            String path = "/svc/apis/sto/stk_bydd_trd?basDd=20260317";
            krx.server().answerNext("/svc/apis/sto", 1, Answer.empty(503));
            assertThat(get(krx, path, KrxSimulator.AUTH_KEY).statusCode()).isEqualTo(503);
            assertThat(get(krx, path, KrxSimulator.AUTH_KEY).statusCode()).isEqualTo(200);
            krx.server().dropNext("/svc", 5);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> get(krx, path, KrxSimulator.AUTH_KEY))
                    .isInstanceOf(IOException.class);
        }
    }
}
