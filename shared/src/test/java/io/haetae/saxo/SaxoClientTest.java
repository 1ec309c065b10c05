package io.haetae.saxo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.saxo.FakeVenue.Reply;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SaxoClientTest {

    private static final Instant NOW = Instant.parse("2026-01-05T15:00:00Z");

    private static final Instant SEND_BY = NOW.plusSeconds(20);

    private final VirtualTime time = new VirtualTime(NOW);

    /** Hands out one token, and another once that was refused. */
    private static final class FakeTokens implements AccessTokens {
        @Override
        public String current() {
            return "first";
        }

        @Override
        public String insteadOf(String rejected) {
            return rejected + "-renewed";
        }
    }

    private SaxoClient client(FakeVenue venue) {
        return new SaxoClient(URI.create(venue.base() + "/sim/openapi"), new FakeTokens(), time);
    }

    private static OrderTicket ticket() {
        return new OrderTicket("key|=", "Stock", 211, "Buy", new BigDecimal("1.0"), Optional.empty(), "20260105-abc");
    }

    static List<Reply> answersThatMakeCarelessClientsSendTwice() {
        return List.of(
                FakeVenue.closed(),
                Reply.of(408, ""),
                new Reply(503, Map.of("Retry-After", "0"), ""),
                new Reply(307, Map.of("Location", "/sim/openapi/trade/v2/orders"), ""),
                new Reply(308, Map.of("Location", "/sim/openapi/trade/v2/orders"), ""),
                Reply.of(502, "<html>bad gateway</html>"),
                Reply.of(409, ""));
    }

    @ParameterizedTest
    @MethodSource("answersThatMakeCarelessClientsSendTwice")
    void anOrderGoesOverTheWireOnceAndItsOutcomeIsUnknown(Reply reply) {
        try (FakeVenue venue = new FakeVenue(reply)) {
            assertThat(client(venue).place(ticket(), "id-1", SEND_BY)).isInstanceOf(Placement.Unknown.class);
            assertThat(venue.seen()).hasSize(1);
        }
    }

    @Test
    void anOrderAfter401IsSentAgainOnceUnderTheSameId() {
        try (FakeVenue venue = new FakeVenue(Reply.of(401, ""), Reply.of(200, "{\"OrderId\":\"77\"}"))) {
            assertThat(client(venue).place(ticket(), "id-1", SEND_BY)).isEqualTo(new Placement.Accepted("77"));
            assertThat(venue.seen()).extracting(FakeVenue.Seen::requestId).containsExactly("id-1", "id-1");
            assertThat(venue.seen().get(1).authorization()).isEqualTo("Bearer first-renewed");
        }
    }

    @Test
    void aSecond401IsARejectionBecauseNothingWasTaken() {
        try (FakeVenue venue = new FakeVenue(Reply.of(401, ""))) {
            assertThat(client(venue).place(ticket(), "id-1", SEND_BY))
                    .isInstanceOfSatisfying(Placement.Rejected.class, rejected -> {
                        assertThat(rejected.code()).isEqualTo("NOT_AUTHENTICATED");
                        assertThat(rejected.judged()).isFalse();
                    });
            assertThat(venue.seen()).hasSize(2);
            assertThatThrownBy(() -> client(venue).accounts()).isInstanceOf(AuthenticationRequiredException.class);
        }
    }

    /** The one that is asked for may be the first, or another in place of one that Saxo refused. */
    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void aTokenThatCannotBeReadIsARejectionBecauseNothingWasTaken(boolean first, int refusals) {
        AccessTokens unread = new AccessTokens() {
            @Override
            public String current() {
                return first ? insteadOf("") : "first";
            }

            @Override
            public String insteadOf(String rejected) {
                throw new IllegalStateException("the secrets do not answer");
            }
        };
        try (FakeVenue venue = new FakeVenue(Reply.of(401, ""))) {
            SaxoClient client = new SaxoClient(URI.create(venue.base() + "/sim/openapi"), unread, time);
            assertThat(client.place(ticket(), "id-1", SEND_BY))
                    .isEqualTo(Placement.Rejected.unjudged("NOT_SENT", "no token: the secrets do not answer"));
            assertThat(venue.seen()).hasSize(refusals);
        }
    }

    @Test
    void nothingIsSentFromTheLastMomentOn() {
        try (FakeVenue venue = new FakeVenue(Reply.of(200, "{\"OrderId\":\"77\"}"))) {
            SaxoClient client = client(venue);
            assertThat(client.place(ticket(), "id-1", NOW)).isInstanceOf(Placement.Rejected.class);
            assertThat(venue.seen()).isEmpty();
            assertThat(client.place(ticket(), "id-1", NOW.plusMillis(1))).isEqualTo(new Placement.Accepted("77"));
        }
    }

    @Test
    void aWaitThatEndsAfterTheLastMomentIsNotWaited() {
        try (FakeVenue venue =
                new FakeVenue(new Reply(429, Map.of("Retry-After", "20"), ""), Reply.of(200, "{\"OrderId\":\"77\"}"))) {
            assertThat(client(venue).place(ticket(), "id-1", SEND_BY)).isInstanceOf(Placement.Rejected.class);
            assertThat(venue.seen()).hasSize(1);
            assertThat(time.now()).isEqualTo(NOW);
        }
    }

    @Test
    void twoOrdersAreMoreThanASecondApart() {
        try (FakeVenue venue = new FakeVenue(Reply.of(200, "{\"OrderId\":\"77\"}"))) {
            SaxoClient client = client(venue);
            client.place(ticket(), "id-1", SEND_BY);
            client.place(ticket(), "id-2", SEND_BY);
            assertThat(time.now()).isEqualTo(NOW.plusMillis(1100));
        }
    }

    @Test
    void anOrderAfter429WaitsForItsBudgetAndGoesUnderTheSameId() {
        try (FakeVenue venue = new FakeVenue(
                new Reply(
                        429,
                        Map.of("X-RateLimit-SessionOrders-Remaining", "0", "X-RateLimit-SessionOrders-Reset", "0"),
                        ""),
                Reply.of(200, "{\"OrderId\":\"77\"}"))) {
            assertThat(client(venue).place(ticket(), "id-1", SEND_BY)).isEqualTo(new Placement.Accepted("77"));
            assertThat(time.now()).isEqualTo(NOW.plusMillis(1100));
            assertThat(venue.seen()).extracting(FakeVenue.Seen::requestId).containsExactly("id-1", "id-1");
        }
    }

    @Test
    void anOrderThatIsTooManyEachTimeWasNotJudged() {
        Reply limited = new Reply(
                429,
                Map.of("Retry-After", "2"),
                "{\"ErrorCode\":\"RateLimitExceeded\",\"Message\":\"Rate limit exceeded!\"}");
        try (FakeVenue venue = new FakeVenue(limited)) {
            assertThat(client(venue).place(ticket(), "id-1", SEND_BY))
                    .isEqualTo(Placement.Rejected.unjudged("RateLimitExceeded", "Rate limit exceeded!"));
            assertThat(venue.seen())
                    .hasSize(4)
                    .extracting(FakeVenue.Seen::requestId)
                    .containsOnly("id-1");
        }
    }

    @Test
    void noConnectionIsARejectionBecauseNothingWasSent() {
        URI nobody;
        try (FakeVenue venue = new FakeVenue(Reply.of(200, ""))) {
            nobody = venue.base();
        }
        assertThat(new SaxoClient(nobody, new FakeTokens(), time).place(ticket(), "id-1", SEND_BY))
                .isInstanceOfSatisfying(Placement.Rejected.class, rejected -> assertThat(rejected.code())
                        .isEqualTo("NOT_SENT"));
    }

    @Test
    void statusErrorAndOrderIdAreReadTogether() {
        assertThat(placement(200, "{\"OrderId\":\"7\"}")).isEqualTo(new Placement.Accepted("7"));
        assertThat(placement(202, "{\"OrderId\":\"7\",\"ErrorInfo\":{\"ErrorCode\":\"TradeNotCompleted\"}}"))
                .isInstanceOf(Placement.Unknown.class);
        assertThat(placement(200, "{\"OrderId\":\"7\",\"ErrorInfo\":{\"ErrorCode\":\"OtherThing\"}}"))
                .isInstanceOf(Placement.Unknown.class);
        assertThat(placement(200, "{\"ErrorInfo\":{\"ErrorCode\":\"OrderCommandPending\"}}"))
                .isInstanceOf(Placement.Unknown.class);
        assertThat(placement(200, "{\"ErrorInfo\":{\"ErrorCode\":\"MarketClosed\",\"Message\":\"closed\"}}"))
                .isEqualTo(new Placement.Rejected("MarketClosed", "closed"));
        assertThat(placement(200, "")).isInstanceOf(Placement.Unknown.class);
        assertThat(placement(201, "{\"OrderId\":\"7\"}")).isEqualTo(new Placement.Accepted("7"));
        assertThat(placement(202, "{\"OrderId\":\"7\"}")).isInstanceOf(Placement.Unknown.class);
        assertThat(placement(400, "{\"OrderId\":\"7\",\"ErrorCode\":\"X\"}")).isInstanceOf(Placement.Unknown.class);
        assertThat(placement(400, "")).isInstanceOf(Placement.Unknown.class);
        assertThat(placement(400, "{\"ErrorCode\":\"X\",\"Orders\":[{\"Ord")).isInstanceOf(Placement.Unknown.class);
        assertThat(placement(400, "{\"Message\":\"m\",\"ModelState\":{\"Amount\":[\"too small\"]}}"))
                .isEqualTo(new Placement.Rejected("HTTP_400", "m {\"Amount\":[\"too small\"]}"));
        assertThat(placement(400, "{\"ErrorInfo\":{\"ErrorCode\":\"CouldNotCompleteRequest\"}}"))
                .isInstanceOf(Placement.Unknown.class);
        assertThat(placement(404, "<html>no such page</html>")).isInstanceOf(Placement.Rejected.class);
        assertThat(placement(418, "{\"ErrorCode\":\"X\"}")).isInstanceOf(Placement.Unknown.class);
        assertThat(placement(500, "{\"ErrorCode\":\"X\"}")).isInstanceOf(Placement.Unknown.class);
        assertThat(placement(400, "{\"Orders\":[{\"OrderId\":\"8\"},{\"ErrorInfo\":{\"ErrorCode\":\"X\"}}]}"))
                .isInstanceOfSatisfying(Placement.Unknown.class, unknown -> assertThat(unknown.orderId())
                        .contains("8"));
        assertThat(placement(400, "{\"ErrorCode\":\"IllegalAmount\",\"Message\":\"no\"}"))
                .isEqualTo(new Placement.Rejected("IllegalAmount", "no"));
        assertThat(placement(403, "<html>blocked</html>")).isInstanceOf(Placement.Rejected.class);
    }

    @Test
    void aDisclaimerIsShownWithItsTextAndNothingIsTaken() {
        String asks = "\"PreTradeDisclaimers\":{\"DisclaimerContext\":\"c\",\"DisclaimerTokens\":[\"t=\"]}";
        String text = "{\"Data\":[{\"Title\":\"Crypto\",\"Body\":\"You may\\n lose all.\",\"IsBlocking\":false}]}";
        for (String body : List.of(
                "{\"ErrorInfo\":{\"ErrorCode\":\"DisclaimersNotAccepted\"," + asks + "}}",
                "{\"ErrorCode\":\"DisclaimersNotAccepted\"," + asks + "}")) {
            try (FakeVenue venue = new FakeVenue(Reply.of(400, body), Reply.of(200, text))) {
                assertThat(client(venue).place(ticket(), "id-1", SEND_BY))
                        .isEqualTo(new Placement.Rejected(
                                "PreTradeDisclaimers",
                                "a person has to accept in SaxoTrader first: Crypto: You may lose all."));
                assertThat(venue.seen().getLast().line())
                        .isEqualTo("GET /sim/openapi/dm/v2/disclaimers?DisclaimerTokens=t%3D");
            }
        }
        try (FakeVenue venue =
                new FakeVenue(Reply.of(200, "{\"PreCheckResult\":\"Ok\"," + asks + "}"), Reply.of(200, text))) {
            assertThat(client(venue).precheck(ticket(), "id-2"))
                    .isInstanceOfSatisfying(Precheck.Failed.class, failed -> assertThat(failed.message())
                            .contains("You may lose all."));
        }
    }

    @Test
    void aCancelIsRefusedOnlyWhereSaxoSaysSo() {
        assertThat(cancelled(200, "{\"Orders\":[{\"OrderId\":\"7\"}]}")).isInstanceOf(Cancellation.Accepted.class);
        assertThat(
                        cancelled(
                                200,
                                "{\"Orders\":[{\"ErrorInfo\":{\"ErrorCode\":\"TooLateToCancelOrder\",\"Message\":\"late\"},\"OrderId\":\"7\"}]}"))
                .isEqualTo(new Cancellation.Rejected("TooLateToCancelOrder", "late"));
        assertThat(cancelled(200, "{\"Orders\":[{\"ErrorInfo\":{\"ErrorCode\":\"OrderNotFound\"}}]}"))
                .isInstanceOf(Cancellation.Gone.class);
        assertThat(cancelled(404, "")).isInstanceOf(Cancellation.Gone.class);
        assertThat(cancelled(200, "")).isInstanceOf(Cancellation.Unknown.class);
        assertThat(cancelled(200, "{\"Orders\":[{\"ErrorInfo\":{\"ErrorCode\":\"AlreadyPendingCancelReplace\"}}]}"))
                .isInstanceOf(Cancellation.Unknown.class);
    }

    private Cancellation cancelled(int status, String body) {
        try (FakeVenue venue = new FakeVenue(Reply.of(status, body))) {
            return client(venue).cancel("7", "key|=");
        }
    }

    private static Placement placement(int status, String body) {
        return SaxoClient.placement(new SaxoClient.Answer(status, body, okhttp3.Headers.of()));
    }

    @Test
    void aReadIsTriedAgainAfterTheTimeTheServerNames() {
        try (FakeVenue venue = new FakeVenue(
                new Reply(503, Map.of("Retry-After", "7"), "<html>"),
                new Reply(429, Map.of("X-RateLimit-Session-Remaining", "0", "X-RateLimit-Session-Reset", "3"), ""),
                Reply.of(200, "{\"ClientKey\":\"k\"}"))) {
            assertThat(client(venue).clientKey()).isEqualTo("k");
            assertThat(time.now()).isEqualTo(NOW.plusSeconds(10));
        }
    }

    @Test
    void aReadGivesUpAfterABoundedNumberOfTries() {
        try (FakeVenue venue = new FakeVenue(Reply.of(500, ""))) {
            assertThatThrownBy(() -> client(venue).accounts()).isInstanceOf(SaxoUnavailableException.class);
            assertThat(venue.seen()).hasSize(4);
        }
    }

    @Test
    void anExhaustedBudgetIsWaitedForBeforeTheNextCall() {
        try (FakeVenue venue = new FakeVenue(new Reply(
                200,
                Map.of("X-RateLimit-Session-Remaining", "0", "X-RateLimit-Session-Reset", "20"),
                "{\"ClientKey\":\"k\"}"))) {
            SaxoClient client = client(venue);
            client.clientKey();
            assertThat(time.now()).isEqualTo(NOW);
            client.clientKey();
            assertThat(time.now()).isEqualTo(NOW.plusSeconds(20));
        }
    }

    @Test
    void anAnswerThatIsNotJsonIsNotTakenForEmpty() {
        try (FakeVenue venue = new FakeVenue(Reply.of(200, "<html>login</html>"))) {
            assertThatThrownBy(() -> client(venue).accounts()).isInstanceOf(SaxoFormatException.class);
        }
    }

    @Test
    void pagesAreFollowedOnOurOwnHostOnly() {
        String next = "https://elsewhere.invalid:443/sim/openapi/port/v1/accounts/me?$skip=1";
        String row =
                "{\"AccountKey\":\"%s\",\"ClientKey\":\"c\",\"Currency\":\"USD\",\"Active\":true,\"IsTrialAccount\":true}";
        try (FakeVenue venue = new FakeVenue(
                Reply.of(200, "{\"__next\":\"" + next + "\",\"Data\":[" + row.formatted("a") + "]}"),
                Reply.of(200, "{\"Data\":[" + row.formatted("b") + "]}"))) {
            assertThat(client(venue).accounts())
                    .extracting(SaxoAccount::accountKey)
                    .containsExactly("a", "b");
        }
    }

    @Test
    void anOkPrecheckWithAnErrorOrADisclaimerDoesNotPass() {
        assertThat(precheck("{\"PreCheckResult\":\"Ok\",\"EstimatedCashRequired\":247.5,\"Cost\":{\"Commission\":12}}"))
                .isInstanceOfSatisfying(Precheck.Passed.class, passed -> assertThat(passed.cashRequired())
                        .contains(new BigDecimal("247.5")));
        assertThat(
                        precheck(
                                "{\"PreCheckResult\":\"Ok\",\"ErrorInfo\":{\"ErrorCode\":\"InsufficientCash\",\"Message\":\"m\"}}"))
                .isEqualTo(new Precheck.Failed("InsufficientCash", "m"));
        assertThat(
                        precheck(
                                "{\"PreCheckResult\":\"Ok\",\"PreTradeDisclaimers\":{\"DisclaimerContext\":\"c\",\"DisclaimerTokens\":[\"t\"]}}"))
                .isInstanceOf(Precheck.Failed.class);
        assertThat(precheck("{\"PreCheckResult\":\"Error\"}")).isInstanceOf(Precheck.Failed.class);
        assertThat(precheck("")).isInstanceOf(Precheck.Failed.class);
    }

    private Precheck precheck(String body) {
        try (FakeVenue venue = new FakeVenue(Reply.of(200, body))) {
            return client(venue).precheck(ticket(), "id-2");
        }
    }

    @Test
    void pricesArriveExactAndBarsOfPairsAreTheirMiddle() {
        try (FakeVenue venue = new FakeVenue(Reply.of(
                200,
                "{\"Data\":[{\"OpenBid\":1.10001,\"OpenAsk\":1.10002,\"HighBid\":1.2,\"HighAsk\":1.2,\"LowBid\":1.1,"
                        + "\"LowAsk\":1.1,\"CloseBid\":1.15,\"CloseAsk\":1.16,\"Time\":\"2026-01-05T13:00:00.000000Z\"},"
                        + "{\"Time\":\"2026-01-05T14:00:00.000000Z\"}]}"))) {
            var bars = client(venue).bars("FxSpot", 21, 60, 5, "k");
            assertThat(bars).hasSize(1);
            assertThat(bars.getFirst().open()).isEqualTo(new BigDecimal("1.100015"));
            assertThat(bars.getFirst().end()).isEqualTo(Instant.parse("2026-01-05T14:00:00Z"));
            assertThat(new SaxoBars(client(venue), "k")
                            .closed("FxSpot", 21, Duration.ofMinutes(60), 5, Instant.parse("2026-01-05T13:59:59Z")))
                    .isEmpty();
        }
    }

    @Test
    void quotesSayWhyTheyMustNotBeTradedOn() {
        String price = "{\"Data\":[{\"Uic\":21,\"AssetType\":\"FxSpot\",\"LastUpdated\":\"%s\",\"Quote\":{%s}}]}";
        String good = "\"Ask\":1.2,\"Bid\":1.1,\"ErrorCode\":\"None\",\"MarketState\":\"Open\","
                + "\"PriceTypeAsk\":\"Tradable\",\"PriceTypeBid\":\"Tradable\"";
        assertThat(why(price.formatted("2026-01-05T15:00:00Z", good))).isEmpty();
        assertThat(why(price.formatted("2026-01-05T14:56:59Z", good))).startsWith("DQ_STALE_DATA");
        assertThat(why(price.formatted("2026-01-05T14:57:00Z", good))).isEmpty();
        assertThat(why(price.formatted("2026-01-05T15:02:00Z", good))).startsWith("DQ_STALE_DATA");
        assertThat(why(price.formatted("2026-01-05T15:00:00Z", good + ",\"DelayedByMinutes\":15")))
                .startsWith("DQ_DELAYED_DATA");
        assertThat(why(price.formatted("2026-01-05T15:00:00Z", good.replace("Open", "Closed"))))
                .isEqualTo("DQ_MARKET_CLOSED");
        assertThat(why(price.formatted("2026-01-05T15:00:00Z", good.replace("Open", "Sunbathing"))))
                .isEqualTo("DQ_MARKET_STATE_UNKNOWN");
        assertThat(why(price.formatted("2026-01-05T15:00:00Z", good.replace("Tradable", "OldIndicative"))))
                .isEqualTo("DQ_PRICE_TYPE_OLD_INDICATIVE");
        assertThat(why(price.formatted(
                        "2026-01-05T15:00:00Z", "\"PriceTypeAsk\":\"NoAccess\",\"PriceTypeBid\":\"NoAccess\"")))
                .isEqualTo("DQ_NOACCESS_MARKETDATA");
    }

    private String why(String body) {
        try (FakeVenue venue = new FakeVenue(Reply.of(200, body))) {
            var instrument = SaxoQuotes.instrument("FxSpot", 21);
            var quote = java.util.Objects.requireNonNull(new SaxoQuotes(client(venue), "k", time)
                    .quotes(List.of(instrument))
                    .get(instrument));
            assertThat(quote.tradable()).isEqualTo(quote.why().isEmpty());
            return quote.why();
        }
    }

    @Test
    void amountsBelowTheMinimumAreRefusedAndNeverEnlarged() {
        InstrumentDetails pair = details("FxSpot", 6, "1000");
        assertThat(pair.orderable(BigDecimal.ONE, false)).isZero();
        assertThat(pair.orderable(new BigDecimal("1000.5"), false)).isEqualByComparingTo("1000.5");
        InstrumentDetails share = details("Stock", 4, "1");
        assertThat(share.orderable(new BigDecimal("2.9"), false)).isEqualByComparingTo("2");
        assertThat(share.orderable(new BigDecimal("2.9"), true)).isEqualByComparingTo("2.9");
    }

    private static InstrumentDetails details(String assetType, int amountDecimals, String minimum) {
        return new InstrumentDetails(
                assetType, 1, "S", "", "USD", 2, 2, amountDecimals, new BigDecimal(minimum), null, true, "", List.of());
    }
}
