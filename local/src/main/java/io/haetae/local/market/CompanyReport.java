package io.haetae.local.market;

import io.haetae.market.Report;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One filing of a generated company.
 *
 * @param company 8 digits
 * @param term number of the fiscal year since the company was founded
 * @param late its figures can be read a day after the filing
 * @param group figures of the whole group; null when there is none beside the company
 * @param alone figures of the company alone
 * @param unnamed its revenue stands under a number of the company's own and is missing from the short answer
 */
public record CompanyReport(
        String company,
        Listing share,
        Report report,
        YearMonth periodEnd,
        int term,
        String receipt,
        LocalDate received,
        boolean correction,
        boolean late,
        @Nullable Lines group,
        Lines alone,
        boolean unnamed) {

    /**
     * Figures in won. Balances, then income lines; a bank's are null where it has none.
     *
     * @param income the lines that the filing gives of each: three months, the year so far, and both a year before
     */
    public record Lines(
            long assets,
            @Nullable Long currentAssets,
            long liabilities,
            @Nullable Long currentLiabilities,
            long equity,
            List<Line> income) {
        public Lines {
            income = List.copyOf(income);
        }
    }

    /** One income line, won. */
    public record Line(Kind kind, long months, long toDate, long monthsBefore, long toDateBefore) {
        public enum Kind {
            REVENUE,
            OPERATING_PROFIT,
            NET_PROFIT
        }
    }
}
