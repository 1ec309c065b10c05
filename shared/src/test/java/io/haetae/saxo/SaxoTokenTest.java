package io.haetae.saxo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.config.KeptSecrets;
import io.haetae.config.SecretLease;
import io.haetae.saxo.FakeVenue.Reply;
import io.haetae.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SaxoTokenTest {

    private static final Instant ISSUED = Instant.parse("2026-01-05T00:00:00Z");
    private static final String RENEWED =
            "{\"access_token\":\"a2\",\"refresh_token\":\"r2\",\"expires_in\":1200,\"refresh_token_expires_in\":2400}";

    private final VirtualTime time = new VirtualTime(ISSUED);
    private final KeptSecrets secrets = new KeptSecrets(Map.of(
            "saxo/app-key",
            "key",
            "saxo/app-secret",
            "secret",
            "saxo/token",
            "{\"access_token\":\"a1\",\"refresh_token\":\"r1\",\"expires_in\":1200,"
                    + "\"refresh_token_expires_in\":3600,\"issued_at\":\"" + ISSUED
                    + "\",\"redirect_uri\":\"http://l/\"}"));

    private static final class FreeLease implements SecretLease {
        @Override
        public boolean takeTurn(String name, Duration apart) {
            return true;
        }

        @Override
        public <T> T hold(String name, Supplier<T> renewal) {
            return renewal.get();
        }
    }

    private SaxoToken token(FakeVenue venue) {
        return new SaxoToken(false, secrets, new FreeLease(), venue.base(), time);
    }

    @Test
    void aTokenIsRenewedTwoMinutesBeforeItEndsAndStoredBeforeUse() {
        try (FakeVenue venue = new FakeVenue(Reply.of(201, RENEWED))) {
            time.advanceTo(ISSUED.plusSeconds(1079));
            assertThat(token(venue).current()).isEqualTo("a1");
            time.advanceTo(ISSUED.plusSeconds(1080));
            assertThat(token(venue).current()).isEqualTo("a2");
            assertThat(venue.seen()).hasSize(1);
            FakeVenue.Seen seen = venue.seen().getFirst();
            assertThat(seen.line()).isEqualTo("POST /token");
            assertThat(seen.authorization()).isEqualTo("Basic a2V5OnNlY3JldA==");
            assertThat(seen.body())
                    .contains("grant_type=refresh_token")
                    .contains("refresh_token=r1")
                    .contains("redirect_uri=");
            assertThat(secrets.get("saxo/token").orElseThrow())
                    .contains("\"r2\"")
                    .contains("redirect_uri");
            assertThat(token(venue).current()).isEqualTo("a2");
        }
    }

    @Test
    void theJobRenewsAtHalfOfTheRefreshTokensLife() {
        secrets.put(
                "saxo/token",
                "{\"access_token\":\"a1\",\"refresh_token\":\"r1\",\"expires_in\":86400,"
                        + "\"refresh_token_expires_in\":3600,\"issued_at\":\"" + ISSUED + "\"}");
        try (FakeVenue venue = new FakeVenue(Reply.of(200, RENEWED))) {
            time.advanceTo(ISSUED.plusSeconds(1799));
            assertThat(token(venue).renewIfDue())
                    .isEqualTo(new SaxoToken.Renewal.NotDue(ISSUED.plus(Duration.ofMinutes(30))));
            time.advanceTo(ISSUED.plusSeconds(1800));
            assertThat(token(venue).renewIfDue())
                    .isEqualTo(new SaxoToken.Renewal.Renewed(ISSUED.plusSeconds(1800 + 1200)));
        }
    }

    @Test
    void aRefusedRefreshAsksForAPersonAndIsNotRepeated() {
        try (FakeVenue venue = new FakeVenue(Reply.of(401, ""))) {
            time.advanceTo(ISSUED.plusSeconds(1200));
            assertThatThrownBy(() -> token(venue).current())
                    .isInstanceOf(AuthenticationRequiredException.class)
                    .hasMessageNotContaining("r1");
            assertThat(venue.seen()).hasSize(1);
        }
    }

    @Test
    void aDeadRefreshTokenIsNotEvenSent() {
        try (FakeVenue venue = new FakeVenue(Reply.of(200, RENEWED))) {
            time.advanceTo(ISSUED.plusSeconds(3600));
            assertThatThrownBy(() -> token(venue).current()).isInstanceOf(AuthenticationRequiredException.class);
            assertThat(venue.seen()).isEmpty();
        }
    }

    @Test
    void anOutageOfTheTokenServiceIsWaitedOut() {
        try (FakeVenue venue = new FakeVenue(Reply.of(503, "<html>"), Reply.of(200, RENEWED))) {
            time.advanceTo(ISSUED.plusSeconds(1200));
            assertThat(token(venue).current()).isEqualTo("a2");
        }
    }

    @Test
    void aTokenThatAnotherRunRenewedIsTakenInsteadOfTheRefusedOne() {
        try (FakeVenue venue = new FakeVenue(Reply.of(200, RENEWED))) {
            assertThat(token(venue).insteadOf("a0")).isEqualTo("a1");
            assertThat(venue.seen()).isEmpty();
            assertThat(token(venue).insteadOf("a1")).isEqualTo("a2");
        }
    }

    @Test
    void aTokenMadeByHandWinsAndIsNeverRenewed() {
        secrets.put("saxo/access-token", "by-hand\n");
        try (FakeVenue venue = new FakeVenue(Reply.of(200, RENEWED))) {
            time.advanceTo(ISSUED.plus(Duration.ofHours(20)));
            assertThat(token(venue).current()).isEqualTo("by-hand");
            assertThat(token(venue).renewIfDue()).isEqualTo(new SaxoToken.Renewal.Manual());
            assertThatThrownBy(() -> token(venue).insteadOf("by-hand"))
                    .isInstanceOf(AuthenticationRequiredException.class)
                    .hasMessageNotContaining("by-hand");
            assertThat(venue.seen()).isEmpty();
        }
    }

    @Test
    void theMissingKeyIsNamed() {
        try (FakeVenue venue = new FakeVenue(Reply.of(200, RENEWED))) {
            assertThat(token(venue).missingKey()).isEmpty();
            secrets.values.remove("saxo/token");
            assertThat(token(venue).missingKey()).contains("saxo/access-token");
            secrets.put("saxo/access-token", "by-hand");
            SaxoToken oauth = new SaxoToken(true, secrets, new FreeLease(), venue.base(), time);
            assertThat(oauth.missingKey()).contains("saxo/token");
        }
    }
}
