package io.haetae.watchlist;

import io.haetae.market.Adjustment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which shares became others, and when. */
final class Breaks {

    static final Breaks NONE = new Breaks(List.of());

    private final Map<String, List<Adjustment>> bySymbol = new HashMap<>();

    Breaks(List<Adjustment> adjustments) {
        adjustments.forEach(one ->
                bySymbol.computeIfAbsent(one.symbol(), _ -> new ArrayList<>()).add(one));
    }

    /** What prices of {@code from} are multiplied by to be prices of {@code to}. */
    BigDecimal factor(String symbol, LocalDate from, LocalDate to) {
        BigDecimal factor = BigDecimal.ONE;
        for (Adjustment one : bySymbol.getOrDefault(symbol, List.of())) {
            if (one.session().isAfter(from) && !one.session().isAfter(to)) {
                factor = factor.multiply(one.factor(), MathContext.DECIMAL128);
            }
        }
        return factor;
    }
}
