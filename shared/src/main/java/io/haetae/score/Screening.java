package io.haetae.score;

import io.haetae.market.KrxMarket;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a screen let through and why it did not let through the rest.
 *
 * @param passed undervalued shares first, each part by falling composite score (unknown last), then by symbol
 * @param rejected the violations of each other share, by symbol
 * @param warnings criteria switched off for want of a source, and a screen that rejected everything
 * @param undervalued how many of those that passed count as undervalued
 */
public record Screening(
        List<Score> passed, SortedMap<String, List<String>> rejected, List<String> warnings, int undervalued) {

    public Screening {
        passed = List.copyOf(passed);
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        warnings = List.copyOf(warnings);
    }

    /** {@code 120 of 2700 pass, 30 undervalued; KOSPI 70, KOSDAQ 50; mean per 11.2, pbr 0.90, debt_ratio 41.0 %}. */
    public String summary() {
        Map<KrxMarket, Long> markets = new EnumMap<>(KrxMarket.class);
        passed.forEach(score -> markets.merge(score.market(), 1L, Long::sum));
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d of %d pass, %d undervalued",
                passed.size(),
                passed.size() + rejected.size(),
                undervalued));
        if (!markets.isEmpty()) {
            text.append(markets.entrySet().stream()
                    .map(market -> market.getKey() + " " + market.getValue())
                    .collect(Collectors.joining(", ", "; ", "")));
        }
        String means = List.of(Criterion.PER, Criterion.PBR, Criterion.DEBT_RATIO).stream()
                .filter(criterion -> mean(criterion).isPresent())
                .map(criterion ->
                        criterion.text() + " " + criterion.print(mean(criterion).orElseThrow()))
                .collect(Collectors.joining(", "));
        return text.append(means.isEmpty() ? "" : "; mean " + means).toString();
    }

    /** Over the shares that passed and have it. */
    public OptionalDouble mean(Criterion criterion) {
        return passed.stream()
                .map(criterion::of)
                .filter(Objects::nonNull)
                .mapToDouble(figure -> figure)
                .average();
    }
}
