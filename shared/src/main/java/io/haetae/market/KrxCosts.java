package io.haetae.market;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a trade in Korean shares costs: the broker's commission on both sides, the transaction tax on sales. Whole won,
 * fractions dropped.
 *
 * <p>The tax goes by the day the sale settles, the second session after the trade, so the last two sessions of a year are
 * taxed at the next year's rate. The newest rate holds until a law changes it.
 */
public final class KrxCosts {

    /** Percent of the amount; KIS, shares, online. */
    public static final BigDecimal DEFAULT_COMMISSION_PERCENT = new BigDecimal("0.0140527");

    /** The first trade date that can be taxed here. */
    public static final LocalDate FIRST_COVERED = LocalDate.of(2021, 1, 1);

    private static final int SETTLEMENT_SESSIONS = 2;
    private static final BigDecimal KONEX_PERCENT = new BigDecimal("0.10");

    /** KOSPI and KOSDAQ, rural tax included, percent by settlement year. */
    private static final NavigableMap<Integer, BigDecimal> PERCENT = new TreeMap<>(Map.of(
            2021, new BigDecimal("0.23"),
            2023, new BigDecimal("0.20"),
            2024, new BigDecimal("0.18"),
            2025, new BigDecimal("0.15"),
            2026, new BigDecimal("0.20")));

    private final TradingCalendar calendar;
    private final BigDecimal commissionPercent;

    /**
     * @param commissionPercent of the amount, 0 to below 100
     */
    public KrxCosts(TradingCalendar calendar, BigDecimal commissionPercent) {
        if (commissionPercent.signum() < 0 || commissionPercent.compareTo(BigDecimal.valueOf(100)) >= 0) {
            throw new IllegalArgumentException("Commission must be 0 to below 100 percent: " + commissionPercent);
        }
        this.calendar = calendar;
        this.commissionPercent = commissionPercent;
    }

    public KrxCosts(TradingCalendar calendar) {
        this(calendar, DEFAULT_COMMISSION_PERCENT);
    }

    /**
     * The broker's commission, either side.
     *
     * @param amount price times quantity, won
     */
    public long commission(long amount) {
        return share(amount, commissionPercent);
    }

    /**
     * The tax on a sale.
     *
     * @param tradeDate a session, the day of the fill
     * @param amount price times quantity, won
     * @throws UncoveredDateException before {@link #FIRST_COVERED} and after the calendar's last date
     */
    public long sellTax(LocalDate tradeDate, KrxMarket market, long amount) {
        return share(amount, sellTaxPercent(tradeDate, market));
    }

    /** The rate of {@link #sellTax}, in percent. */
    public BigDecimal sellTaxPercent(LocalDate tradeDate, KrxMarket market) {
        if (tradeDate.isBefore(FIRST_COVERED) || tradeDate.isAfter(calendar.lastKnown())) {
            throw new UncoveredDateException("Taxes on sales of Korean shares", tradeDate, FIRST_COVERED);
        }
        return switch (market) {
            case KOSPI, KOSDAQ -> PERCENT.floorEntry(settlementYear(tradeDate)).getValue();
            case KONEX -> KONEX_PERCENT;
        };
    }

    private int settlementYear(LocalDate tradeDate) {
        List<Session> restOfYear = calendar.sessionsBetween(
                tradeDate.plusDays(1), tradeDate.plusYears(1).withDayOfYear(1).minusDays(1));
        return restOfYear.size() >= SETTLEMENT_SESSIONS ? tradeDate.getYear() : tradeDate.getYear() + 1;
    }

    private static long share(long amount, BigDecimal percent) {
        if (amount < 0) {
            throw new IllegalArgumentException("An amount below zero: " + amount);
        }
        return BigDecimal.valueOf(amount)
                .multiply(percent)
                .movePointLeft(2)
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
    }
}
