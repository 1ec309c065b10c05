package io.haetae.signal;

import io.haetae.market.KrxTicks;
import io.haetae.score.Criteria;
import io.haetae.score.Score;
import io.haetae.score.Screener;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides whether a share is an entry, and at which prices. Knows nothing of money: sizing and limits come after. */
public final class EntryRules {

    private static final Screener SCREENER = new Screener(Criteria.ENTRY);

    private final SignalTerms terms;

    public EntryRules(SignalTerms terms) {
        this.terms = terms;
    }

    /** What became of a candidate. */
    public sealed interface Verdict {
        record Entry(EntrySignal signal) implements Verdict {}

        /** Why not, with the figures. */
        record Passed(String reason) implements Verdict {}
    }

    /**
     * A composite score of 65, momentum of 55 and conviction of 60 are asked for. A score that is unknown fails, as does
     * one of zero, each for its own reason.
     *
     * @param watched it stands on the user's watchlist
     * @param session the session the order would be for: its price rules hold
     */
    public Verdict judge(Score score, boolean watched, LocalDate session) {
        if (!score.traded() || score.close() <= 0) {
            return new Verdict.Passed("not traded in the last session");
        }
        Double composite = score.composite();
        if (composite == null || composite < terms.minComposite()) {
            return tooLow("composite", composite, terms.minComposite());
        }
        Double momentum = score.momentum();
        if (momentum == null || momentum < terms.minMomentum()) {
            return tooLow("momentum", momentum, terms.minMomentum());
        }
        Conviction conviction = Conviction.of(score).orElseThrow(() -> new IllegalStateException("momentum is known"));
        if (conviction.score() < terms.minConviction()) {
            return tooLow("conviction", conviction.score(), terms.minConviction());
        }
        BigDecimal close = BigDecimal.valueOf(score.close());
        BigDecimal bid = terms.below(close, terms.limitDiscountPct());
        long limit = KrxTicks.roundDown(session, score.market(), bid);
        if (limit <= 0) {
            return new Verdict.Passed("no valid price at or below " + bid.toPlainString());
        }
        return new Verdict.Entry(signal(score, watched, composite, conviction, close, BigDecimal.valueOf(limit)));
    }

    private EntrySignal signal(
            Score score, boolean watched, double composite, Conviction conviction, BigDecimal close, BigDecimal limit) {
        BigDecimal stop = terms.below(close, terms.stopPct());
        BigDecimal target = terms.above(close, terms.targetPct());
        BigDecimal rewardRisk = rewardRisk(close, stop, target);
        List<String> reasons = new ArrayList<>(conviction.notes());
        if (SCREENER.undervalued(score)) {
            reasons.add("undervalued");
        }
        if (watched) {
            reasons.add("on the watchlist");
        }
        List<String> warnings = new ArrayList<>();
        if (rewardRisk.compareTo(terms.minRewardRisk()) < 0) {
            warnings.add("reward to risk " + rewardRisk.toPlainString() + " below "
                    + terms.minRewardRisk().toPlainString());
        }
        return new EntrySignal(
                score.symbol(),
                score.name(),
                close,
                limit,
                stop,
                target,
                rewardRisk,
                composite,
                conviction,
                reasons,
                warnings);
    }

    /**
     * What may be won for each won that may be lost, two decimals, floored.
     *
     * @throws IllegalArgumentException when the stop is not below the entry
     */
    public static BigDecimal rewardRisk(BigDecimal entry, BigDecimal stop, BigDecimal target) {
        BigDecimal risk = entry.subtract(stop);
        if (risk.signum() <= 0) {
            throw new IllegalArgumentException("a stop at " + stop + " does not protect an entry at " + entry);
        }
        return target.subtract(entry).divide(risk, 2, RoundingMode.FLOOR);
    }

    private static Verdict tooLow(String what, @Nullable Double actual, double least) {
        if (actual == null) {
            return new Verdict.Passed(what + " unknown");
        }
        return new Verdict.Passed(String.format(Locale.ROOT, "%s %.1f below %.0f", what, actual, least));
    }
}
