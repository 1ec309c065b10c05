package io.haetae.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.function.Function;

/** Costs and price steps of Korean shares by instrument, for those who do not know an instrument's market. */
public final class KrxTradeRules implements Costs, PriceLadder {

    /** Shares are traded one by one: KOSPI Enforcement Rules, articles 32(1) and 33; KONEX, article 27(1). */
    public static final BigDecimal LOT = BigDecimal.ONE;

    private final KrxCosts costs;
    private final Function<InstrumentId, KrxMarket> markets;

    /** @param markets the market each instrument is listed on */
    public KrxTradeRules(KrxCosts costs, Function<InstrumentId, KrxMarket> markets) {
        this.costs = costs;
        this.markets = markets;
    }

    @Override
    public Charges buying(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session) {
        return new Charges(BigDecimal.valueOf(costs.commission(amount(quantity, price))), BigDecimal.ZERO);
    }

    @Override
    public Charges selling(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session) {
        long amount = amount(quantity, price);
        return new Charges(
                BigDecimal.valueOf(costs.commission(amount)),
                BigDecimal.valueOf(costs.sellTax(session, markets.apply(instrument), amount)));
    }

    @Override
    public BigDecimal next(InstrumentId instrument, LocalDate session, BigDecimal price, boolean up) {
        long won = price.setScale(0, up ? RoundingMode.FLOOR : RoundingMode.CEILING)
                .longValueExact();
        KrxMarket market = markets.apply(instrument);
        if (up) {
            return BigDecimal.valueOf(KrxTicks.roundUp(session, market, won + 1));
        }
        long below = won > 1 ? KrxTicks.roundDown(session, market, won - 1) : 0;
        return below > 0 ? BigDecimal.valueOf(below) : price;
    }

    /** Whole won: shares and prices are whole. */
    private static long amount(BigDecimal quantity, BigDecimal price) {
        return price.multiply(quantity).setScale(0, RoundingMode.DOWN).longValueExact();
    }
}
