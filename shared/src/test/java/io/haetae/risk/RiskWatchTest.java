package io.haetae.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.portfolio.Account;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Position;
import io.haetae.store.MemoryStore;
import io.haetae.store.RiskMetricsMapper;
import io.haetae.store.TradingStateMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RiskWatchTest {

    private static final AccountId ACCOUNT = new AccountId(Mode.DRY_RUN, Venue.KIS, "default_user", "KRW");
    private static final InstrumentId SHARE = new InstrumentId(Venue.KIS, "005930");
    private static final Instant NINE = Instant.parse("2026-01-06T00:00:00Z");
    private static final BigDecimal INITIAL = new BigDecimal("1000000");

    private final MemoryStore store = new MemoryStore();

    @Test
    void anEmptyPortfolioIsMeasuredAndHaltsNothing() {
        RiskWatch.Reading reading = check(cash("1000000"), NINE);

        assertThat(reading.status()).isEqualTo(RiskStatus.OK);
        assertThat(reading.metrics().lossFromInitialPct()).isZero();
        assertThat(reading.metrics().drawdownPct()).isZero();
        assertThat(reading.metrics().exposurePct()).isZero();
        assertThat(reading.metrics().largest()).isEmpty();
    }

    /** Monitoring and the risk checks begin at the same minute: each measures from the row before both. */
    @Test
    void aPeakNeverFallsBecauseTwoPassesRanAtOnce() {
        check(cash("1000000"), NINE);
        RiskMetricsMapper kept = new RiskMetricsMapper(store);
        Optional<RiskMetrics> before = kept.newest(ACCOUNT);
        kept.put(measured(before, NINE.plusSeconds(60), "1100000"));
        kept.put(measured(before, NINE.plusSeconds(61), "1050000"));

        RiskMetrics newest = kept.newest(ACCOUNT).orElseThrow();
        assertThat(newest.total()).isEqualByComparingTo("1050000");
        assertThat(newest.peak()).isEqualByComparingTo("1100000");
        assertThat(newest.drawdownPct()).isEqualByComparingTo("4.5454");
        assertThat(newest.maxDrawdownPct()).isEqualByComparingTo("4.5454");
    }

    private static RiskMetrics measured(Optional<RiskMetrics> before, Instant at, String cash) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return RiskMetrics.measure(ACCOUNT, day, at, before, INITIAL, new BigDecimal(cash), Map.of());
    }

    /** K2. */
    @Test
    void aBookWithoutMoneyOrTradesDividesByNothing() {
        RiskWatch.Reading reading = check(cash("0"), NINE);

        assertThat(reading.metrics().largestPct()).isZero();
        assertThat(reading.metrics().lossFromInitialPct()).isEqualByComparingTo("100");
    }

    @Test
    void aLossOfTwentyEightPercentOfTheInitialCapitalHalts() {
        assertThat(check(cash("720001"), NINE).standing().state()).isEqualTo(TradingState.ACTIVE);

        RiskWatch.Reading reading = check(cash("720000"), NINE.plusSeconds(1));

        assertThat(reading.haltedNow()).isTrue();
        assertThat(reading.liquidate()).isTrue();
        assertThat(reading.status()).isEqualTo(RiskStatus.HALTED);
        assertThat(reading.standing().reason()).isEqualTo("TOTAL_LOSS limit=28 actual=28");
    }

    /** S11. */
    @Test
    void everythingSoldAndCheckedAgainItIsStillHaltedAtTheSameLoss() {
        check(holding("400000", "30", "10000"), NINE);
        RiskWatch.Reading sold = check(cash("700000"), NINE.plusSeconds(60));
        RiskWatch.Reading again = check(cash("700000"), NINE.plusSeconds(1860));

        assertThat(sold.status()).isEqualTo(RiskStatus.HALTED);
        assertThat(again.status()).isEqualTo(RiskStatus.HALTED);
        assertThat(again.metrics().lossFromInitialPct()).isEqualByComparingTo("30");
        assertThat(again.metrics().initial()).isEqualByComparingTo(INITIAL);
        assertThat(again.metrics().peak()).isEqualByComparingTo(INITIAL);
    }

    /** S10: every object is made anew over the same store. */
    @Test
    void peakWorstDrawdownAndHaltSurviveARestart() {
        check(cash("1500000"), NINE);
        check(cash("1000000"), NINE.plusSeconds(60));
        RiskWatch.Reading after = check(cash("1200000"), NINE.plusSeconds(120));

        assertThat(after.metrics().peak()).isEqualByComparingTo("1500000");
        assertThat(after.metrics().drawdownPct()).isEqualByComparingTo("20");
        assertThat(after.metrics().maxDrawdownPct()).isEqualByComparingTo("33.3333");
        assertThat(new RiskMetricsMapper(store).day(ACCOUNT, LocalDate.of(2026, 1, 6)))
                .hasSize(3);
    }

    @Test
    void aRecoveryDoesNotLowerTheHaltOnlyAPersonDoes() {
        check(cash("700000"), NINE);
        RiskWatch.Reading recovered = check(cash("990000"), NINE.plusSeconds(60));
        assertThat(recovered.status()).isEqualTo(RiskStatus.HALTED);
        assertThat(recovered.liquidate()).isFalse();

        resume(NINE.plusSeconds(90));

        assertThat(check(cash("990000"), NINE.plusSeconds(120)).status()).isEqualTo(RiskStatus.OK);
    }

    /** K3 and K7: a resume is not undone by the loss that stood when it was given, but by a further one. */
    @Test
    void aPersonsResumeHoldsUntilTheLossGrowsByAnotherPercent() {
        check(cash("700000"), NINE);
        resume(NINE.plusSeconds(30));

        assertThat(check(cash("700000"), NINE.plusSeconds(60)).haltedNow()).isFalse();
        assertThat(check(cash("690001"), NINE.plusSeconds(90)).haltedNow()).isFalse();
        assertThat(check(cash("690000"), NINE.plusSeconds(120)).haltedNow()).isTrue();
    }

    @Test
    void anAcceptedLossIsForgottenOnceItIsMadeGood() {
        check(cash("600000"), NINE);
        resume(NINE.plusSeconds(30));
        check(cash("900000"), NINE.plusSeconds(60));

        assertThat(check(cash("720000"), NINE.plusSeconds(90)).haltedNow()).isTrue();
    }

    @Test
    void theDaysProfitCountsFromTheLastRowOfTheDayBefore() {
        check(cash("1000000"), NINE);
        check(cash("1010000"), NINE.plusSeconds(3600));
        Instant nextDay = NINE.plusSeconds(86400);

        check(cash("1030000"), nextDay);
        RiskMetrics later = check(cash("1000000"), nextDay.plusSeconds(1800)).metrics();

        assertThat(later.dailyProfit()).isEqualByComparingTo("-10000");
        assertThat(later.dailyLossPct()).isEqualByComparingTo("0.9900");
    }

    @Test
    void anOlderPassThatEndsLateDoesNotLowerThePeak() {
        check(cash("1500000"), NINE.plusSeconds(60));
        check(cash("1000000"), NINE);

        assertThat(new RiskMetricsMapper(store).newest(ACCOUNT).orElseThrow().peak())
                .isEqualByComparingTo("1500000");
    }

    @Test
    void aHeldShareWithoutAPriceIsAnErrorNotAnythingWorthZero() {
        assertThatThrownBy(() -> watch().check(holding("0", "1", "10000"), day(NINE), NINE, Map.of(), "risk_checks"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void warningsBeginAtEightTenthsOfALimit() {
        assertThat(check(cash("800001"), NINE).warnings()).isEmpty();
        assertThat(check(cash("800000"), NINE.plusSeconds(60)).warnings())
                .extracting(Breach::limit)
                .containsExactly(Limit.DRAWDOWN);
    }

    /** K1 and K6: a halt overrides a warning, and says nothing about exits, which no limit is asked about. */
    @Test
    void aHaltIsNeverOverwrittenByAWarning() {
        check(cash("700000"), NINE);

        RiskWatch.Reading reading = check(cash("790000"), NINE.plusSeconds(60));

        assertThat(reading.warnings()).isNotEmpty();
        assertThat(reading.status()).isEqualTo(RiskStatus.HALTED);
    }

    private RiskWatch.Reading check(Account account, Instant at) {
        return watch().check(account, day(at), at, Map.of(SHARE, new BigDecimal("10000")), "risk_checks");
    }

    private void resume(Instant at) {
        new TradingStateMapper(store).set(ACCOUNT, TradingState.ACTIVE, "a person", "looked into it", at);
    }

    private RiskWatch watch() {
        return new RiskWatch(
                new RiskMetricsMapper(store),
                new TradingStateMapper(store),
                RiskLimits.standard(20, BigDecimal.TEN, new BigDecimal("100")));
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.ofHours(9));
    }

    private static Account cash(String balance) {
        return new Account(ACCOUNT, new Cash(ACCOUNT, new BigDecimal(balance), BigDecimal.ZERO, INITIAL, 1), List.of());
    }

    private static Account holding(String balance, String quantity, String cost) {
        Position position = new Position(
                ACCOUNT,
                SHARE,
                new BigDecimal(quantity),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                new BigDecimal(cost),
                LocalDate.of(2026, 1, 5),
                "20260105-a",
                "conviction",
                null,
                null,
                null,
                new BigDecimal(cost),
                BigDecimal.ZERO,
                1);
        return new Account(
                ACCOUNT, new Cash(ACCOUNT, new BigDecimal(balance), BigDecimal.ZERO, INITIAL, 1), List.of(position));
    }

    static RiskMetrics metrics(String total, String peak, String dayBase) {
        return new RiskMetrics(
                ACCOUNT,
                LocalDate.of(2026, 1, 6),
                NINE,
                new BigDecimal(total),
                new BigDecimal(total),
                BigDecimal.ZERO,
                new BigDecimal(peak),
                INITIAL,
                new BigDecimal(dayBase),
                new BigDecimal(total).subtract(new BigDecimal(dayBase)),
                RiskMetrics.percent(new BigDecimal(peak).subtract(new BigDecimal(total)), new BigDecimal(peak)),
                BigDecimal.ZERO,
                RiskMetrics.percent(INITIAL.subtract(new BigDecimal(total)), INITIAL)
                        .max(BigDecimal.ZERO),
                Optional.empty(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                0,
                BigDecimal.ZERO);
    }
}
