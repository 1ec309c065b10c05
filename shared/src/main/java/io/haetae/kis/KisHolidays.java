package io.haetae.kis;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A page of {@code chk-holiday}: 24 calendar days, and of each whether the share market opens. */
final class KisHolidays {

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;

    private KisHolidays() {}

    /**
     * Only {@code opnd_yn} says that the market opens: {@code tr_day_yn} is Y on Saturdays and holidays too.
     *
     * @return whether the market opens, by date from {@code from} on without a gap
     */
    static NavigableMap<LocalDate, Boolean> days(KisAnswer answer, LocalDate from) throws KisException {
        JsonNode rows = answer.field("output");
        if (!rows.isArray() || rows.isEmpty()) {
            throw answer.malformed("no days; that is no holiday, it is no answer");
        }
        NavigableMap<LocalDate, Boolean> days = new TreeMap<>();
        for (JsonNode row : rows) {
            KisAnswer day = new KisAnswer(answer.call(), row);
            LocalDate date = date(day);
            boolean open =
                    switch (day.text("opnd_yn")) {
                        case "Y" -> true;
                        case "N" -> false;
                        default -> throw answer.malformed("opnd_yn of " + date + " is neither Y nor N");
                    };
            Boolean other = days.put(date, open);
            if (other != null && other != open) {
                throw answer.malformed(date + " is there twice, open and closed");
            }
        }
        return unbroken(answer, days, from);
    }

    private static LocalDate date(KisAnswer day) throws KisException {
        try {
            return LocalDate.parse(day.text("bass_dt"), DATE);
        } catch (DateTimeException e) {
            throw day.malformed("bass_dt is no date");
        }
    }

    private static NavigableMap<LocalDate, Boolean> unbroken(
            KisAnswer answer, NavigableMap<LocalDate, Boolean> days, LocalDate from) throws KisException {
        if (!days.firstKey().equals(from)) {
            throw answer.malformed("days from " + days.firstKey() + ", asked for " + from);
        }
        LocalDate expected = from;
        for (LocalDate date : days.keySet()) {
            if (!date.equals(expected)) {
                throw answer.malformed(expected + " is missing");
            }
            expected = expected.plusDays(1);
        }
        return days;
    }
}
