package io.haetae.dart;

import io.haetae.market.Report;
import io.haetae.market.StatementFigures;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes figures out of lines. */
final class StatementReader {

    private StatementReader() {}

    /** The figures of each company, of the whole group where it has such, in the order of the rows. */
    static List<ReportedFigures> read(Report report, List<AccountRow> rows) {
        Map<String, List<AccountRow>> byCompany = new LinkedHashMap<>();
        rows.forEach(row ->
                byCompany.computeIfAbsent(row.company(), _ -> new ArrayList<>()).add(row));
        return byCompany.values().stream()
                .flatMap(lines -> of(report, lines).stream())
                .toList();
    }

    private static Optional<ReportedFigures> of(Report report, Collection<AccountRow> lines) {
        return of(report, lines, true).or(() -> of(report, lines, false));
    }

    private static Optional<ReportedFigures> of(Report report, Collection<AccountRow> lines, boolean consolidated) {
        List<AccountRow> rows =
                lines.stream().filter(row -> row.consolidated() == consolidated).toList();
        StatementFigures figures = figures(report, rows);
        if (figures.isEmpty()) {
            return Optional.empty();
        }
        Optional<YearMonth> periodEnd = rows.stream()
                .filter(row -> Account.Sheet.BALANCE.codes().contains(row.sheet()))
                .flatMap(row -> row.periodEnd().stream())
                .findFirst();
        AccountRow first = rows.getFirst();
        return Optional.of(new ReportedFigures(first.company(), consolidated, first.receipt(), periodEnd, figures));
    }

    private static StatementFigures figures(Report report, List<AccountRow> rows) {
        Function<AccountRow, @Nullable Long> balance = AccountRow::amount;
        Function<AccountRow, @Nullable Long> now = row -> toDate(report, row);
        Function<AccountRow, @Nullable Long> before = row -> priorToDate(report, row);
        return new StatementFigures(
                find(Account.ASSETS, rows, balance),
                find(Account.CURRENT_ASSETS, rows, balance),
                find(Account.LIABILITIES, rows, balance),
                find(Account.CURRENT_LIABILITIES, rows, balance),
                find(Account.EQUITY, rows, balance),
                find(Account.OWNERS_EQUITY, rows, balance),
                find(Account.REVENUE, rows, now),
                find(Account.REVENUE, rows, before),
                find(Account.OPERATING_PROFIT, rows, now),
                find(Account.OPERATING_PROFIT, rows, before),
                find(Account.NET_PROFIT, rows, now),
                find(Account.NET_PROFIT, rows, before),
                find(Account.OWNERS_PROFIT, rows, now),
                find(Account.OWNERS_PROFIT, rows, before));
    }

    /** Three months are the year so far in a first quarter alone; elsewhere they must never stand in for it. */
    private static @Nullable Long toDate(Report report, AccountRow row) {
        return switch (report) {
            case ANNUAL -> row.amount();
            case FIRST_QUARTER -> row.toDate() == null ? row.amount() : row.toDate();
            case HALF, THIRD_QUARTER -> row.toDate();
        };
    }

    private static @Nullable Long priorToDate(Report report, AccountRow row) {
        return switch (report) {
            case ANNUAL -> row.prior();
            case FIRST_QUARTER ->
                row.priorToDate() != null
                        ? row.priorToDate()
                        : row.priorQuarter() != null ? row.priorQuarter() : row.prior();
            case HALF, THIRD_QUARTER -> row.priorToDate();
        };
    }

    /** By number before by name, in the first sheet before the second. */
    private static @Nullable Long find(
            Account account, List<AccountRow> rows, Function<AccountRow, @Nullable Long> figure) {
        List<Predicate<AccountRow>> ways = List.of(account::hasId, account::hasName);
        for (Predicate<AccountRow> way : ways) {
            for (String sheet : account.sheet().codes()) {
                for (AccountRow row : rows) {
                    if (row.whole() && row.sheet().equals(sheet) && way.test(row)) {
                        Long found = figure.apply(row);
                        if (found != null) {
                            return found;
                        }
                    }
                }
            }
        }
        return null;
    }
}
