package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.signal.Conviction;
import io.haetae.signal.EntrySignal;
import io.haetae.signal.SignalSheet;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignalsMapperTest {

    private static final AccountId ACCOUNT = new AccountId(Mode.DRY_RUN, Venue.KIS, "default_user", "KRW");
    private static final LocalDate SESSION = LocalDate.of(2026, 1, 6);

    private final SignalsMapper signals = new SignalsMapper(new MemoryStore());

    @Test
    void aSheetComesBackAsItWasPut() {
        SignalSheet sheet = sheet(3);

        signals.put(ACCOUNT, sheet);

        assertThat(signals.sheet(ACCOUNT, SESSION)).contains(sheet);
        assertThat(signals.sheet(ACCOUNT, SESSION.plusDays(1))).isEmpty();
    }

    @Test
    void aLongSheetComesBackWholeAndInOrder() {
        SignalSheet sheet = sheet(431);

        signals.put(ACCOUNT, sheet);

        assertThat(signals.sheet(ACCOUNT, SESSION)).contains(sheet);
    }

    @Test
    void aShorterSheetReplacesALongerOne() {
        signals.put(ACCOUNT, sheet(431));
        signals.put(ACCOUNT, sheet(1));

        assertThat(signals.sheet(ACCOUNT, SESSION)).contains(sheet(1));
        signals.put(ACCOUNT, sheet(0));
        assertThat(signals.sheet(ACCOUNT, SESSION)).contains(sheet(0));
    }

    private static SignalSheet sheet(int count) {
        List<EntrySignal> found = IntStream.range(0, count)
                .mapToObj(i -> new EntrySignal(
                        String.format(Locale.ROOT, "%06d", i),
                        "가나 " + i,
                        new BigDecimal("71000"),
                        new BigDecimal("70200"),
                        new BigDecimal("63900"),
                        new BigDecimal("85200"),
                        new BigDecimal("2"),
                        65 + i / 7.0,
                        new Conviction(70.1, 80.0, null, 0.0, 61.5, List.of("strong value")),
                        i % 2 == 0 ? List.of() : List.of("undervalued", "on the watchlist"),
                        List.of()))
                .toList();
        return new SignalSheet(
                SESSION, LocalDate.of(2026, 1, 5), true, Instant.parse("2026-01-05T23:45:00Z"), 61, found);
    }
}
