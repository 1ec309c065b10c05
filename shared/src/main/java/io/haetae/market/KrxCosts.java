package io.haetae.market;

import io.haetae.calendar.TradingCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a trade on the Korea Exchange costs: the broker's commission on both sides, the transaction tax on sales. Whole won,
 * fractions dropped.
 *
 * <p>Sales of shares are taxed by the Enforcement Decree of the Securities Transaction Tax Act, article 5, on KOSPI with the
 * 0.15 % of the Act on Special Tax for Rural Development, article 5, in the sum here; sales of ETF, ETN and ELW are not, as
 * they are no share certificates (Securities Transaction Tax Act, article 2). The tax is owed when the share changes hands,
 * so it goes by the day the sale settles ({@link KrxSettlement}): the last two sessions of a year are taxed at the next
 * year's rate. The newest rate holds until a law changes it.
 */
public final class KrxCosts {

    /** Percent of the amount; KIS, shares, online. */
    public static final BigDecimal DEFAULT_COMMISSION_PERCENT = new BigDecimal("0.0140527");

    /** Percent of the amount; KIS, ETF, ETN and ELW, online. */
    public static final BigDecimal DEFAULT_FUND_COMMISSION_PERCENT = new BigDecimal("0.0146527");

    /** The first trade date that can be taxed here. */
    public static final LocalDate FIRST_COVERED = LocalDate.of(2021, 1, 1);

    private static final Dated<BigDecimal> MAIN_MARKETS = taxes(Map.of(
            2021, "0.23",
            2023, "0.20",
            2024, "0.18",
            2025, "0.15",
            2026, "0.20"));
    private static final Dated<BigDecimal> KONEX = taxes(Map.of(2021, "0.10"));

    private final TradingCalendar calendar;
    private final KrxSettlement settlement;
    private final BigDecimal commissionPercent;
    private final BigDecimal fundCommissionPercent;

    private static Dated<BigDecimal> taxes(Map<Integer, String> percentByYear) {
        return new Dated<>(
                "Taxes on sales",
                percentByYear.entrySet().stream()
                        .collect(Collectors.toMap(
                                year -> LocalDate.of(year.getKey(), 1, 1), year -> new BigDecimal(year.getValue()))));
    }

    /**
     * @param commissionPercent of the amount of a trade in shares, 0 to below 100
     * @param fundCommissionPercent of the amount of a trade in ETF, ETN or ELW, 0 to below 100
     */
    public KrxCosts(TradingCalendar calendar, BigDecimal commissionPercent, BigDecimal fundCommissionPercent) {
        this.calendar = calendar;
        this.settlement = new KrxSettlement(calendar);
        this.commissionPercent = checked(commissionPercent);
        this.fundCommissionPercent = checked(fundCommissionPercent);
    }

    public KrxCosts(TradingCalendar calendar) {
        this(calendar, DEFAULT_COMMISSION_PERCENT, DEFAULT_FUND_COMMISSION_PERCENT);
    }

    private static BigDecimal checked(BigDecimal percent) {
        if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) >= 0) {
            throw new IllegalArgumentException("Commission must be 0 to below 100 percent: " + percent);
        }
        return percent;
    }

    /**
     * The broker's commission on a trade in shares, either side.
     *
     * @param amount price times quantity, won
     */
    public long commission(long amount) {
        return commission(KrxProduct.SHARE, amount);
    }

    /** As {@link #commission(long)}, of any product. */
    public long commission(KrxProduct product, long amount) {
        return share(
                amount,
                switch (product.kind()) {
                    case SHARE -> commissionPercent;
                    case ETF, ETN, ELW -> fundCommissionPercent;
                });
    }

    /**
     * The tax on a sale of shares.
     *
     * @param tradeDate a session, the day of the fill
     * @param amount price times quantity, won
     * @throws UncoveredDateException before {@link #FIRST_COVERED} and after the calendar's last date
     */
    public long sellTax(LocalDate tradeDate, KrxMarket market, long amount) {
        return sellTax(tradeDate, market, KrxProduct.SHARE, amount);
    }

    /** As {@link #sellTax(LocalDate, KrxMarket, long)}, of any product. */
    public long sellTax(LocalDate tradeDate, KrxMarket market, KrxProduct product, long amount) {
        return share(amount, sellTaxPercent(tradeDate, market, product));
    }

    /** The rate of {@link #sellTax(LocalDate, KrxMarket, long)}, in percent. */
    public BigDecimal sellTaxPercent(LocalDate tradeDate, KrxMarket market) {
        return sellTaxPercent(tradeDate, market, KrxProduct.SHARE);
    }

    /** The rate of {@link #sellTax(LocalDate, KrxMarket, KrxProduct, long)}, in percent. */
    public BigDecimal sellTaxPercent(LocalDate tradeDate, KrxMarket market, KrxProduct product) {
        LocalDate taxed = taxDate(tradeDate);
        return switch (product.kind()) {
            case SHARE ->
                switch (market) {
                    case KOSPI, KOSDAQ -> MAIN_MARKETS.at(taxed);
                    case KONEX -> KONEX.at(taxed);
                };
            case ETF, ETN, ELW -> BigDecimal.ZERO;
        };
    }

    private LocalDate taxDate(LocalDate tradeDate) {
        if (tradeDate.isBefore(FIRST_COVERED) || tradeDate.isAfter(calendar.lastKnown())) {
            throw new UncoveredDateException(
                    "Taxes on sales at the Korea Exchange", tradeDate, FIRST_COVERED, calendar.lastKnown());
        }
        // The calendar ends with a year: what settles after it settles in the year that follows.
        return tradeDate.isBefore(settlement.firstUnsettled())
                ? settlement.of(tradeDate)
                : calendar.lastKnown().plusDays(1);
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
