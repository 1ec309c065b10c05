package io.haetae.score;

import io.haetae.market.KrxMarket;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a share must meet to be considered. No source tells a share's industry or sector, so there is no criterion on them,
 * nor on the mean PER of an industry.
 *
 * <p>Histories count in sessions with trade: 60 of them for prices; the averages of volume and value, which cannot be judged
 * before, need 20.
 *
 * @param limits by what is limited; what is not there is not judged
 * @param markets on one of which it must be listed
 * @param undervaluedPbr below it a share counts as undervalued, which ranks it first
 * @param undervaluedOnly rejects the others
 */
public record Criteria(
        Map<Criterion, Limits> limits, Set<KrxMarket> markets, double undervaluedPbr, boolean undervaluedOnly) {

    /** Judges nothing yet. */
    public static final Criteria ANY = new Criteria(Map.of(), EnumSet.allOf(KrxMarket.class), 1.0, false);

    /** What takes a share off a watchlist again. */
    public static final Criteria REMOVAL = ANY.atLeast(Criterion.AVERAGE_VOLUME, 100_000)
            .atMost(Criterion.VOLATILITY, 0.40)
            .atMost(Criterion.PER, 50)
            .atMost(Criterion.PBR, 5)
            .atMost(Criterion.DEBT_RATIO, 200);

    /** For the watchlist. */
    public static final Criteria WATCHLIST = REMOVAL.atLeast(Criterion.PRICE, 1)
            .atLeast(Criterion.BARS, 60)
            .atLeast(Criterion.AVERAGE_VALUE, 100_000_000);

    /** For entries: narrower. */
    public static final Criteria ENTRY = WATCHLIST
            .atMost(Criterion.VOLATILITY, 0.30)
            .atMost(Criterion.PER, 25)
            .atMost(Criterion.PBR, 3)
            .atMost(Criterion.DEBT_RATIO, 60)
            .undervaluedBelow(1.5);

    public Criteria {
        Map<Criterion, Limits> copy = new EnumMap<>(Criterion.class);
        copy.putAll(limits);
        limits = Collections.unmodifiableMap(copy);
        markets = Collections.unmodifiableSet(EnumSet.copyOf(markets));
    }

    /**
     * Both ends are allowed.
     *
     * @param least null for none
     * @param most null for none
     */
    public record Limits(@Nullable Double least, @Nullable Double most) {

        private static final Limits NONE = new Limits(null, null);

        /** The limit that the figure breaks; null when it breaks none. A loss is not a low price. */
        @Nullable
        Double broken(Criterion criterion, double figure) {
            if (criterion.isRatioOfPrice() && figure <= 0 && most != null) {
                return most;
            }
            if (least != null && figure < least) {
                return least;
            }
            return most != null && figure > most ? most : null;
        }
    }

    public Criteria atLeast(Criterion criterion, double least) {
        return with(criterion, new Limits(least, limit(criterion).most()));
    }

    public Criteria atMost(Criterion criterion, double most) {
        return with(criterion, new Limits(limit(criterion).least(), most));
    }

    /** @throws IllegalArgumentException when there is none */
    public Criteria listedOn(Set<KrxMarket> others) {
        return new Criteria(limits, others, undervaluedPbr, undervaluedOnly);
    }

    public Criteria undervaluedBelow(double pbr) {
        return new Criteria(limits, markets, pbr, undervaluedOnly);
    }

    /** Rejects whatever is not undervalued. */
    public Criteria onlyUndervalued() {
        return new Criteria(limits, markets, undervaluedPbr, true);
    }

    boolean looksAt(Criterion criterion) {
        return limits.containsKey(criterion) || (undervaluedOnly && criterion == Criterion.PBR);
    }

    /** What no source feeds is not judged. */
    Criteria without(Set<Criterion> off) {
        Map<Criterion, Limits> rest = new EnumMap<>(Criterion.class);
        rest.putAll(limits);
        rest.keySet().removeAll(off);
        return new Criteria(rest, markets, undervaluedPbr, undervaluedOnly && !off.contains(Criterion.PBR));
    }

    private Limits limit(Criterion criterion) {
        return limits.getOrDefault(criterion, Limits.NONE);
    }

    private Criteria with(Criterion criterion, Limits wanted) {
        Map<Criterion, Limits> changed = new EnumMap<>(Criterion.class);
        changed.putAll(limits);
        changed.put(criterion, wanted);
        return new Criteria(changed, markets, undervaluedPbr, undervaluedOnly);
    }
}
