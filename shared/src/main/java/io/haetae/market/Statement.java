package io.haetae.market;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * One version of a company's periodic report. A correction is another version beside it, under its own receipt; no version
 * ever replaces one.
 *
 * @param company the disclosure service's number, 8 digits
 * @param symbol of the company's common share
 * @param periodEnd last month of the period; its year is the service's business year, also where the fiscal year ends
 *     in March
 * @param consolidated of the whole group; else of the company alone
 * @param receipt the filing's number, 14 digits, rising with time
 * @param received the day on which anyone could read it; the hour is not known
 */
public record Statement(
        String company,
        String symbol,
        Report report,
        YearMonth periodEnd,
        boolean consolidated,
        String receipt,
        LocalDate received,
        StatementFigures figures) {

    /** What tells two versions apart. */
    public record Id(String company, Report report, YearMonth periodEnd, boolean consolidated, String receipt) {}

    public Id id() {
        return new Id(company, report, periodEnd, consolidated, receipt);
    }
}
