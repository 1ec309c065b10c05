package io.haetae.score;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a screen let through and why it did not let through the rest.
 *
 * @param passed undervalued shares first, each part by falling composite score (unknown last), then by symbol
 * @param rejected the violations of each other share, by symbol
 * @param warnings criteria switched off for want of a source, and a screen that rejected everything
 */
public record Screening(List<Score> passed, SortedMap<String, List<String>> rejected, List<String> warnings) {

    public Screening {
        passed = List.copyOf(passed);
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        warnings = List.copyOf(warnings);
    }
}
