package io.haetae.kis;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.LocalDate;
import java.util.NavigableMap;

class KisHolidaysFuzzTest {

    private static final LocalDate FROM = LocalDate.of(2026, 3, 18);

    /** Whoever asks goes on after the last day told: an answer without any would have them ask for ever. */
    @FuzzTest(maxDuration = "20s")
    void anyAnswerTellsDaysFromTheFirstOnOrIsRefused(byte[] answer) {
        try {
            NavigableMap<LocalDate, Boolean> days = KisHolidays.days(KisAnswer.read("a call", 200, answer), FROM);
            assertThat(days.firstKey()).isEqualTo(FROM);
        } catch (KisException e) {
            // What it promises.
        }
    }
}
