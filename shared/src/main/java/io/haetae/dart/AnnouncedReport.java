package io.haetae.dart;

import io.haetae.market.Report;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * A periodic report in the list of filings.
 *
 * @param company 8 digits
 * @param symbol empty for a company that is not listed, as the list says today
 * @param form which report; a quarterly one may be that of the first or of the third quarter
 * @param periodEnd last month of the period
 * @param receipt 14 digits, rising with time
 * @param correction of an earlier filing
 * @param figures whether figures may have changed; false when only attachments were added or corrected
 */
public record AnnouncedReport(
        String company,
        Optional<String> symbol,
        Form form,
        YearMonth periodEnd,
        String receipt,
        LocalDate received,
        boolean correction,
        boolean figures) {

    /** A report by its name, which does not tell the first quarter from the third. */
    public enum Form {
        ANNUAL,
        HALF,
        QUARTER
    }

    /**
     * Which report of its fiscal year this is.
     *
     * @param fiscalYearEnd month in which the company's fiscal year ends, 1 to 12
     */
    public Report report(int fiscalYearEnd) {
        int months = Math.floorMod(periodEnd.getMonthValue() - fiscalYearEnd, 12);
        return switch (form) {
            case ANNUAL -> Report.ANNUAL;
            case HALF -> Report.HALF;
            case QUARTER -> months == Report.THIRD_QUARTER.months() ? Report.THIRD_QUARTER : Report.FIRST_QUARTER;
        };
    }
}
