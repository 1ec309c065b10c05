package io.haetae.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.calendar.XkrxCalendar;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KrxTradeRulesTest {

    private static final InstrumentId SHARE = new InstrumentId(Venue.KIS, "000430");
    private static final LocalDate SESSION = LocalDate.of(2026, 3, 6);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    @Test
    void aSaleOfWhatIsListedNowhereKnownIsTaxedLikeAShareOfTheMainMarkets() {
        Charges unknown = rules(Optional.empty()).selling(SHARE, BigDecimal.ONE, MILLION, SESSION);

        assertThat(unknown.tax()).isEqualByComparingTo("2000");
        assertThat(unknown)
                .isEqualTo(rules(Optional.of(KrxMarket.KOSPI)).selling(SHARE, BigDecimal.ONE, MILLION, SESSION));
        assertThat(unknown)
                .isEqualTo(rules(Optional.of(KrxMarket.KOSDAQ)).selling(SHARE, BigDecimal.ONE, MILLION, SESSION));
        assertThat(rules(Optional.of(KrxMarket.KONEX))
                        .selling(SHARE, BigDecimal.ONE, MILLION, SESSION)
                        .tax())
                .isEqualByComparingTo("1000");
    }

    @Test
    void aPriceStepOfWhatIsListedNowhereKnownIsAnError() {
        assertThat(rules(Optional.of(KrxMarket.KOSPI)).next(SHARE, SESSION, BigDecimal.valueOf(10_000), true))
                .isEqualByComparingTo("10010");
        assertThatThrownBy(() -> rules(Optional.empty()).next(SHARE, SESSION, BigDecimal.valueOf(10_000), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no stored row says where KIS:000430 is listed");
    }

    private static KrxTradeRules rules(Optional<KrxMarket> listed) {
        return new KrxTradeRules(new KrxCosts(XkrxCalendar.bundled()), _ -> listed);
    }
}
