package io.haetae.krx;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.LocalDate;
import java.time.Year;

class ClosurePageFuzzTest {

    private static final Year YEAR = Year.of(2026);

    @FuzzTest(maxDuration = "20s")
    void anyAnswerTellsDaysOfTheYearOrIsUnusable(byte[] answer) {
        try {
            assertThat(ClosurePage.weekdays("a call", answer, YEAR))
                    .extracting(LocalDate::getYear)
                    .allMatch(year -> year == YEAR.getValue());
        } catch (KrxException e) {
            // What it promises.
        }
    }
}
