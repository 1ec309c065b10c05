package io.haetae.dart;

import com.fasterxml.jackson.core.JsonParser;
import io.haetae.dart.AnnouncedReport.Form;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One page of the list of filings. Filings that are no periodic report are left out. */
final class FilingListParser {

    static final Pattern NUMBER = Pattern.compile("[0-9]{8}");
    static final Pattern RECEIPT = Pattern.compile("[0-9]{14}");
    static final Pattern SYMBOL = Pattern.compile("[0-9A-Z]{6}");

    /** Any marks, the report's name, and the last month of its period; blanks come in runs. */
    private static final Pattern REPORT =
            Pattern.compile("((?:\\[[^\\]]{1,20}\\]\\s*)*)(사업보고서|반기보고서|분기보고서)\\s*\\((\\d{4})\\.(\\d{2})\\).{0,40}");

    private FilingListParser() {}

    /** What one page says. */
    record Page(Answers.Frame frame, List<AnnouncedReport> reports) {}

    /** @throws IOException when the answer could not be read to its end */
    static Page parse(InputStream body) throws IOException, UnusableAnswerException {
        List<AnnouncedReport> reports = new ArrayList<>();
        Answers.Frame frame =
                Answers.read(body, (row, number) -> row(row, number).ifPresent(reports::add));
        if (frame.status().equals("000") && (!frame.listed() || frame.totalPages() < 1)) {
            throw new UnusableAnswerException("no list, or no number of pages");
        }
        return new Page(frame, List.copyOf(reports));
    }

    private static Optional<AnnouncedReport> row(JsonParser json, int number)
            throws IOException, UnusableAnswerException {
        String company = "";
        String symbol = "";
        String name = "";
        String receipt = "";
        String date = "";
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "corp_code" -> company = Answers.text(json, number, field);
                case "stock_code" -> symbol = Answers.text(json, number, field);
                case "report_nm" -> name = Answers.text(json, number, field);
                case "rcept_no" -> receipt = Answers.text(json, number, field);
                case "rcept_dt" -> date = Answers.text(json, number, field);
                default -> json.skipChildren();
            }
        }
        Matcher report = REPORT.matcher(name);
        if (!report.matches()) {
            return Optional.empty();
        }
        if (!NUMBER.matcher(company).matches() || !RECEIPT.matcher(receipt).matches()) {
            throw new UnusableAnswerException("row " + number + " lacks its company's or its receipt's number");
        }
        return Optional.of(new AnnouncedReport(
                company,
                Optional.of(symbol).filter(SYMBOL.asMatchPredicate()),
                form(report.group(2)),
                month(report.group(3), report.group(4), number),
                receipt,
                date(date, number),
                report.group(1).contains("정정"),
                !report.group(1).contains("[첨부")));
    }

    private static Form form(String name) {
        return switch (name) {
            case "사업보고서" -> Form.ANNUAL;
            case "반기보고서" -> Form.HALF;
            default -> Form.QUARTER;
        };
    }

    private static YearMonth month(String year, String month, int row) throws UnusableAnswerException {
        try {
            return YearMonth.of(Integer.parseInt(year), Integer.parseInt(month));
        } catch (DateTimeException e) {
            throw new UnusableAnswerException("row " + row + ": its period ends in no month");
        }
    }

    private static LocalDate date(String text, int row) throws UnusableAnswerException {
        try {
            return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            throw new UnusableAnswerException("row " + row + ": rcept_dt is no date");
        }
    }
}
