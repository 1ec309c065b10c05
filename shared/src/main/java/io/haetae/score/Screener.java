package io.haetae.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds shares against {@link Criteria}. A figure that one share lacks rejects it; a figure that every share lacks has no
 * source here, so its criterion is off and a warning says so.
 */
public final class Screener {

    /** Falling composite score, unknown last, then symbol: the one order of rank. */
    public static final Comparator<Score> BY_RANK = Comparator.comparing(
                    Score::composite, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(Score::symbol);

    private static final String MARKET = "market";
    private static final String NOT_UNDERVALUED = "not undervalued";

    private final Criteria criteria;

    public Screener(Criteria criteria) {
        this.criteria = criteria;
    }

    /** @param market every score of the run, since what no share has decides which criteria are off */
    public Screening screen(List<Score> market) {
        Set<Criterion> off = unsupplied(market);
        Screener on = new Screener(criteria.without(off));
        List<String> warnings = new ArrayList<>();
        if (!off.isEmpty()) {
            warnings.add("screening criteria off, no source feeds them: "
                    + off.stream().map(Criterion::text).collect(Collectors.joining(", ")));
        }
        List<Score> passed = new ArrayList<>();
        SortedMap<String, List<String>> rejected = new TreeMap<>();
        for (Score score : market) {
            List<String> violations = on.violations(score, true);
            if (violations.isEmpty()) {
                passed.add(score);
            } else {
                rejected.put(score.symbol(), violations);
            }
        }
        if (passed.isEmpty() && !market.isEmpty()) {
            warnings.add(on.nothingPassed(rejected));
        }
        passed.sort(Comparator.comparing((Score score) -> !undervalued(score)).thenComparing(BY_RANK));
        return new Screening(passed, rejected, warnings, (int)
                passed.stream().filter(this::undervalued).count());
    }

    /** Known figures of one share that break a criterion; a figure that is not known breaks none. */
    public List<String> violations(Score score) {
        return violations(score, false);
    }

    public boolean undervalued(Score score) {
        Double pbr = score.pbr();
        return pbr != null && pbr > 0 && pbr < criteria.undervaluedPbr();
    }

    /** Why the share counts as undervalued; empty when it does not. */
    public List<String> reasons(Score score) {
        Double pbr = score.pbr();
        return pbr == null || !undervalued(score)
                ? List.of()
                : List.of(String.format(Locale.ROOT, "PBR %.2f below %.2f", pbr, criteria.undervaluedPbr()));
    }

    private List<String> violations(Score score, boolean missingRejects) {
        List<String> violations = new ArrayList<>();
        criteria.limits().forEach((criterion, limits) -> {
            Double actual = criterion.of(score);
            if (actual != null) {
                Double broken = limits.broken(criterion, actual);
                if (broken != null) {
                    violations.add("%s %s limit %s"
                            .formatted(criterion.text(), criterion.print(actual), criterion.print(broken)));
                }
            } else if (missingRejects) {
                violations.add(criterion.text() + " unknown");
            }
        });
        if (!criteria.markets().contains(score.market())) {
            violations.add(MARKET + " " + score.market());
        }
        if (criteria.undervaluedOnly() && !undervalued(score) && (missingRejects || score.pbr() != null)) {
            violations.add(NOT_UNDERVALUED);
        }
        return violations;
    }

    private Set<Criterion> unsupplied(List<Score> market) {
        Set<Criterion> off = EnumSet.noneOf(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            if (criteria.looksAt(criterion)
                    && !market.isEmpty()
                    && market.stream().allMatch(score -> criterion.of(score) == null)) {
                off.add(criterion);
            }
        }
        return off;
    }

    private String nothingPassed(SortedMap<String, List<String>> rejected) {
        StringBuilder text = new StringBuilder("the screen rejected all %d shares:".formatted(rejected.size()));
        Stream.concat(criteria.limits().keySet().stream().map(Criterion::text), Stream.of(MARKET, NOT_UNDERVALUED))
                .forEach(what -> {
                    long shares = rejected.values().stream()
                            .filter(violations ->
                                    violations.stream().anyMatch(one -> one.equals(what) || one.startsWith(what + " ")))
                            .count();
                    if (shares > 0) {
                        text.append(' ').append(what).append(' ').append(shares);
                    }
                });
        return text.toString();
    }
}
