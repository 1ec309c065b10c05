package io.haetae.saxo;

import io.haetae.market.Charges;
import io.haetae.market.Costs;
import io.haetae.market.InstrumentId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * A model of Saxo's commissions, for paper fills: shares and funds cost 0.08 % of the value, at least 1 of the
 * instrument's currency; currency pairs and crypto cost their spread alone. What an account really pays depends on its
 * price plan, and the fees of Saxo's simulation are fictional. No tax is modelled: Saxo withholds none on the pairs and
 * US shares that are traded here.
 */
public final class SaxoCosts implements Costs {

    private static final BigDecimal SHARE_RATE = new BigDecimal("0.0008");
    private static final BigDecimal SHARE_MINIMUM = BigDecimal.ONE;
    private static final int CENTS = 2;

    @Override
    public Charges buying(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session) {
        return charges(instrument, quantity, price);
    }

    @Override
    public Charges selling(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session) {
        return charges(instrument, quantity, price);
    }

    private static Charges charges(InstrumentId instrument, BigDecimal quantity, BigDecimal price) {
        return new Charges(commission(SaxoQuotes.assetType(instrument), quantity.multiply(price)), BigDecimal.ZERO);
    }

    /**
     * Of one order, however many fills it came in.
     *
     * @param value sum of price × amount, not negative; nothing costs nothing
     */
    public static BigDecimal commission(String assetType, BigDecimal value) {
        return switch (assetType) {
            case "FxSpot", "FxCrypto" -> BigDecimal.ZERO;
            default ->
                value.signum() == 0
                        ? BigDecimal.ZERO
                        : value.multiply(SHARE_RATE)
                                .setScale(CENTS, RoundingMode.HALF_UP)
                                .max(SHARE_MINIMUM);
        };
    }
}
