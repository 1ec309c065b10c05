package io.haetae.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.market.KrxMarket;
import io.haetae.score.CompanyHistory;
import io.haetae.score.Financials;
import io.haetae.score.SampleScores;
import io.haetae.score.Score;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntryRulesTest {

    private static final LocalDate SESSION = LocalDate.of(2026, 1, 6);

    private final EntryRules rules = new EntryRules(SignalTerms.standard(BigDecimal.TEN));

    @Test
    void aSharePassesAtTheThresholdsThemselves() {
        assertThat(judge(71_000, 65.0, 55.0, 65.0, 70.0)).isInstanceOf(EntryRules.Verdict.Entry.class);
    }

    @Test
    void eachThresholdRejectsJustUnderIt() {
        assertThat(judge(71_000, 64.9, 90.0, 90.0, 90.0)).isEqualTo(passed("composite 64.9 below 65"));
        assertThat(judge(71_000, 90.0, 54.9, 90.0, 90.0)).isEqualTo(passed("momentum 54.9 below 55"));
        // 0.3 × 62 + 0.3 × 55 + 0.2 × 60 + 0.2 × 50 is 57.1
        assertThat(judge(71_000, 90.0, 55.0, 62.0, 60.0)).isEqualTo(passed("conviction 57.1 below 60"));
    }

    @Test
    void anUnknownScoreIsNotAScoreOfZeroAndRejectsAllTheSame() {
        assertThat(judge(71_000, null, 90.0, 90.0, 90.0)).isEqualTo(passed("composite unknown"));
        assertThat(judge(71_000, 90.0, null, 90.0, 90.0)).isEqualTo(passed("momentum unknown"));
        assertThat(judge(71_000, 90.0, 0.0, 90.0, 90.0)).isEqualTo(passed("momentum 0.0 below 55"));
    }

    @Test
    void theBidIsAPercentUnderTheCloseAndOnATick() {
        // 70,290 on a tick of 100
        assertThat(signal(71_000).limit()).isEqualByComparingTo("70200");
        // 49,995 crosses into the band with a tick of 50
        assertThat(signal(50_500).limit()).isEqualByComparingTo("49950");
        assertThat(signal(1_999).limit()).isEqualByComparingTo("1979");
    }

    @Test
    void stopAndTargetAreTenAndTwentyPercentAway() {
        EntrySignal signal = signal(71_000);

        assertThat(signal.stop()).isEqualByComparingTo("63900");
        assertThat(signal.target()).isEqualByComparingTo("85200");
        assertThat(signal.rewardRisk()).isEqualByComparingTo("2");
        assertThat(signal.warnings()).isEmpty();
    }

    @Test
    void aStopThatIsNotBelowTheEntryIsAnError() {
        assertThatThrownBy(() -> EntryRules.rewardRisk(BigDecimal.TEN, BigDecimal.TEN, new BigDecimal("12")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHaltedShareIsNoEntry() {
        Score halted = score(71_000, false, 90.0, 90.0, 90.0, 90.0);

        assertThat(rules.judge(halted, true, SESSION)).isEqualTo(passed("not traded in the last session"));
    }

    private EntrySignal signal(long close) {
        EntryRules.Verdict verdict = judge(close, 90.0, 90.0, 90.0, 90.0);
        assertThat(verdict).isInstanceOf(EntryRules.Verdict.Entry.class);
        return ((EntryRules.Verdict.Entry) verdict).signal();
    }

    private EntryRules.Verdict judge(
            long close,
            @Nullable Double composite,
            @Nullable Double momentum,
            @Nullable Double value,
            @Nullable Double quality) {
        return rules.judge(score(close, true, composite, momentum, value, quality), false, SESSION);
    }

    private static EntryRules.Verdict passed(String reason) {
        return new EntryRules.Verdict.Passed(reason);
    }

    private static Score score(
            long close,
            boolean traded,
            @Nullable Double composite,
            @Nullable Double momentum,
            @Nullable Double value,
            @Nullable Double quality) {
        return new Score(
                "005930",
                "가나전자",
                KrxMarket.KOSPI,
                close,
                0,
                0,
                0,
                traded,
                300,
                // An average day's volume scores 50, which keeps the sums in the tests simple.
                SampleScores.measures(0.2, 500_000.0, 35_000_000_000.0, 1.0, 1.0),
                Financials.UNKNOWN,
                CompanyHistory.UNKNOWN,
                value,
                null,
                quality,
                momentum,
                composite,
                50.0,
                90.0,
                100);
    }
}
