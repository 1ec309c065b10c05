package io.haetae.dart;

import io.haetae.market.StatementFigures;
import java.time.YearMonth;
import java.util.Optional;

/**
 * What the service has of one report of one company: the figures of its newest version alone.
 *
 * @param company 8 digits
 * @param consolidated of the whole group; else of the company alone
 * @param receipt of the version that the figures are from, 14 digits
 * @param periodEnd last month of the period, where the answer says so
 */
public record ReportedFigures(
        String company,
        boolean consolidated,
        String receipt,
        Optional<YearMonth> periodEnd,
        StatementFigures figures) {}
