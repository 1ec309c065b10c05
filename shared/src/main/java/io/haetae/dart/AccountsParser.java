package io.haetae.dart;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of statements, of one company in full or of many in short. An amount that is no number is not known; rows in
 * another currency are left out.
 */
final class AccountsParser {

    private static final Pattern AMOUNT = Pattern.compile("-?(?:\\d{1,18}|\\d{1,3}(?:,\\d{3}){1,5})(?:\\.\\d{1,6})?");
    private static final Pattern DAY = Pattern.compile("(\\d{4})\\.(0[1-9]|1[0-2])\\.\\d{2}");
    private static final Pattern NUMBERING = Pattern.compile("^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫIVX]+|\\d{1,2})[.)]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0\\u3000]+");

    private AccountsParser() {}

    /** What an answer says. */
    record Parsed(Answers.Frame frame, List<AccountRow> rows) {}

    /**
     * @param consolidated of the whole answer, where the rows do not say it
     * @throws IOException when the answer could not be read to its end
     */
    static Parsed parse(InputStream body, boolean consolidated) throws IOException, UnusableAnswerException {
        List<AccountRow> rows = new ArrayList<>();
        Answers.Frame frame = Answers.read(
                body, (row, number) -> row(row, number, consolidated).ifPresent(rows::add));
        if (frame.status().equals("000") && !frame.listed()) {
            throw new UnusableAnswerException("no list");
        }
        return new Parsed(frame, List.copyOf(rows));
    }

    private static Optional<AccountRow> row(JsonParser json, int number, boolean consolidated)
            throws IOException, UnusableAnswerException {
        String company = "";
        String receipt = "";
        String basis = "";
        String date = "";
        String sheet = "";
        String id = "";
        String name = "";
        String detail = "";
        String currency = "";
        String amount = "";
        String toDate = "";
        String prior = "";
        String priorQuarter = "";
        String priorToDate = "";
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "corp_code" -> company = Answers.text(json, number, field);
                case "rcept_no" -> receipt = Answers.text(json, number, field);
                case "fs_div" -> basis = Answers.text(json, number, field);
                case "thstrm_dt" -> date = Answers.text(json, number, field);
                case "sj_div" -> sheet = Answers.text(json, number, field);
                case "account_id" -> id = Answers.text(json, number, field);
                case "account_nm" -> name = Answers.text(json, number, field);
                case "account_detail" -> detail = Answers.text(json, number, field);
                case "currency" -> currency = Answers.text(json, number, field);
                case "thstrm_amount" -> amount = Answers.text(json, number, field);
                case "thstrm_add_amount" -> toDate = Answers.text(json, number, field);
                case "frmtrm_amount" -> prior = Answers.text(json, number, field);
                case "frmtrm_q_amount" -> priorQuarter = Answers.text(json, number, field);
                case "frmtrm_add_amount" -> priorToDate = Answers.text(json, number, field);
                default -> json.skipChildren();
            }
        }
        if (!FilingListParser.NUMBER.matcher(company).matches()
                || !FilingListParser.RECEIPT.matcher(receipt).matches()) {
            throw new UnusableAnswerException("row " + number + " lacks its company's or its receipt's number");
        }
        if (!currency.isEmpty() && !currency.equals("KRW")) {
            return Optional.empty();
        }
        return Optional.of(new AccountRow(
                company,
                basis.isEmpty() ? consolidated : basis.equals("CFS"),
                receipt,
                lastMonth(date),
                sheet,
                id,
                plain(name),
                detail.isEmpty() || detail.equals("-"),
                amount(amount),
                amount(toDate),
                amount(prior),
                amount(priorQuarter),
                amount(priorToDate)));
    }

    /** {@code Ⅰ. 매 출 액} is {@code 매출액}. */
    static String plain(String name) {
        return NUMBERING.matcher(BLANKS.matcher(name).replaceAll("")).replaceFirst("");
    }

    /** Of the last day in the text: a balance has one, a span of income two. */
    private static Optional<YearMonth> lastMonth(String text) {
        Matcher day = DAY.matcher(text);
        Optional<YearMonth> last = Optional.empty();
        while (day.find()) {
            last = Optional.of(YearMonth.of(Integer.parseInt(day.group(1)), Integer.parseInt(day.group(2))));
        }
        return last;
    }

    /** Whole won; null for nothing, for a dash, and for what is no amount. */
    static @Nullable Long amount(String text) {
        if (!AMOUNT.matcher(text).matches()) {
            return null;
        }
        return new BigDecimal(text.replace(",", ""))
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
    }
}
