package io.haetae.signal;

import io.haetae.order.ExitRule;
import io.haetae.portfolio.Position;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a position is sold. At most one rule answers: the most pressing one. */
public final class ExitRules {

    private final SignalTerms terms;

    public ExitRules(SignalTerms terms) {
        this.terms = terms;
    }

    /**
     * A decision to sell the whole position.
     *
     * @param reason the rule with its figures
     */
    public record Exit(ExitRule rule, String reason) {}

    /**
     * Looks at one price, in this order: emergency, stop, trailing stop, target. Without a known cost only the emergency
     * counts: nothing else may be decided that depends on profit or loss.
     *
     * @param emergency the account's loss calls for selling everything
     * @param price what the position could be sold at now
     */
    public static Optional<Exit> onPrice(Position position, boolean emergency, BigDecimal price) {
        if (emergency) {
            return Optional.of(new Exit(ExitRule.EMERGENCY, "loss limit of the account"));
        }
        if (position.averageCost().signum() <= 0) {
            return Optional.empty();
        }
        BigDecimal stop = position.stop();
        if (stop != null && price.compareTo(stop) <= 0) {
            return Optional.of(new Exit(ExitRule.STOP, at(price, "at or below the stop", stop)));
        }
        BigDecimal trail = position.trailingStop();
        if (trail != null && price.compareTo(trail) <= 0) {
            return Optional.of(new Exit(ExitRule.TRAILING, at(price, "at or below the trail", trail)));
        }
        BigDecimal target = position.target();
        if (target != null && price.compareTo(target) >= 0) {
            return Optional.of(new Exit(ExitRule.TAKE_PROFIT, at(price, "at or above the target", target)));
        }
        return Optional.empty();
    }

    /**
     * The scores that a held company had.
     *
     * @param quality 0 to 100, null when unknown; so are the others
     * @param compositeBefore the composite at least {@link SignalTerms#fallDays} days earlier
     */
    public record Health(
            @Nullable Double quality,
            @Nullable Double growth,
            @Nullable Double composite,
            @Nullable Double compositeBefore) {}

    /** Whether the company is no longer what was bought. A score that is unknown decides nothing. */
    public Optional<Exit> onFundamentals(Health health) {
        Double quality = health.quality();
        if (quality != null && quality < terms.minQuality()) {
            return deteriorated("quality %.1f below %.0f", quality, terms.minQuality());
        }
        Double growth = health.growth();
        if (growth != null && growth < terms.minGrowth()) {
            return deteriorated("growth %.1f below %.0f", growth, terms.minGrowth());
        }
        Double now = health.composite();
        Double before = health.compositeBefore();
        if (now != null && before != null && before - now > terms.maxCompositeFall()) {
            return deteriorated("composite fell from %.1f to %.1f", before, now);
        }
        return Optional.empty();
    }

    private static Optional<Exit> deteriorated(String form, double actual, double limit) {
        return Optional.of(new Exit(ExitRule.FUNDAMENTALS, String.format(Locale.ROOT, form, actual, limit)));
    }

    private static String at(BigDecimal price, String how, BigDecimal level) {
        return plain(price) + " " + how + " " + plain(level);
    }

    private static String plain(BigDecimal price) {
        return price.stripTrailingZeros().toPlainString();
    }
}
