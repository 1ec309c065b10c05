package io.haetae.market;

import java.util.Locale;
import java.util.Optional;

/**
 * The periodic reports that a listed company files (Financial Investment Services and Capital Markets Act, articles 159
 * and 160): one a year and one after each of its first three quarters.
 */
public enum Report {
    FIRST_QUARTER(3, "11013"),
    HALF(6, "11012"),
    THIRD_QUARTER(9, "11014"),
    ANNUAL(12, "11011");

    private final int months;
    private final String code;

    Report(int months, String code) {
        this.months = months;
        this.code = code;
    }

    /** Of the fiscal year, that the report covers. */
    public int months() {
        return months;
    }

    /** The disclosure service's number for it. */
    public String code() {
        return code;
    }

    public static Optional<Report> ofCode(String code) {
        for (Report report : values()) {
            if (report.code.equals(code)) {
                return Optional.of(report);
            }
        }
        return Optional.empty();
    }

    /** {@code third quarter}: the name for a person. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
