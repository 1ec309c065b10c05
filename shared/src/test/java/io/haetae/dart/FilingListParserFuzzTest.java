package io.haetae.dart;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class FilingListParserFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyAnswerIsUnderstoodOrUnusable(byte[] answer) throws IOException {
        try {
            FilingListParser.parse(new ByteArrayInputStream(answer));
        } catch (UnusableAnswerException e) {
            // What it promises.
        }
    }
}
