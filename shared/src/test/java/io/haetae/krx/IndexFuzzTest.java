package io.haetae.krx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.haetae.krx.OutBlockParser.UnusableAnswerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;

class IndexFuzzTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);

    @FuzzTest(maxDuration = "20s")
    void anyAnswerIsUnderstoodOrUnusable(byte[] answer) throws IOException {
        try {
            IndexReader.parse(new ByteArrayInputStream(answer), FRIDAY);
        } catch (UnusableAnswerException e) {
            // What it promises.
        }
    }
}
