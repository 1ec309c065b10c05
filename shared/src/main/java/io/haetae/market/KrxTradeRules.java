package io.haetae.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;

/** Costs and price steps of Korean shares by instrument, for those who do not know an instrument's market. */
public final class KrxTradeRules implements Costs, PriceLadder {

    /** Shares are traded one by one: KOSPI Enforcement Rules, articles 32(1) and 33; KONEX, article 27(1). */
    public static final BigDecimal LOT = BigDecimal.ONE;

    private final KrxCosts costs;
    private final Function<InstrumentId, Optional<KrxMarket>> markets;

    /** @param markets the market each instrument is listed on, where it is known */
    public KrxTradeRules(KrxCosts costs, Function<InstrumentId, Optional<KrxMarket>> markets) {
        this.costs = costs;
        this.markets = markets;
    }

    @Override
    public Charges buying(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session) {
        return new Charges(BigDecimal.valueOf(costs.commission(amount(quantity, price))), BigDecimal.ZERO);
    }

    /** The main markets are taxed alike; a sale of something that nobody knows, as a person's may be, counts as one there. */
    @Override
    public Charges selling(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session) {
        long amount = amount(quantity, price);
        return new Charges(
                BigDecimal.valueOf(costs.commission(amount)),
                BigDecimal.valueOf(
                        costs.sellTax(session, markets.apply(instrument).orElse(KrxMarket.KOSPI), amount)));
    }

    /** @throws IllegalArgumentException when it is not known where the instrument is listed */
    @Override
    public BigDecimal next(InstrumentId instrument, LocalDate session, BigDecimal price, boolean up) {
        long won = price.setScale(0, up ? RoundingMode.FLOOR : RoundingMode.CEILING)
                .longValueExact();
        KrxMarket market = markets.apply(instrument)
                .orElseThrow(
                        () -> new IllegalArgumentException("no stored row says where " + instrument + " is listed"));
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
