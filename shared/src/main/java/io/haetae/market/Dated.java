package io.haetae.market;

import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A rule by the date it took force; the newest holds until the table says otherwise. */
final class Dated<T> {

    private final String rule;
    private final NavigableMap<LocalDate, T> versions;

    /** @param rule what the table is of, plural: the beginning of a sentence */
    Dated(String rule, Map<LocalDate, T> versions) {
        this.rule = rule;
        this.versions = new TreeMap<>(versions);
    }

    /** @throws UncoveredDateException before the first version */
    T at(LocalDate date) {
        Map.Entry<LocalDate, T> version = versions.floorEntry(date);
        if (version == null) {
            throw new UncoveredDateException(rule, date, versions.firstKey());
        }
        return version.getValue();
    }
}
