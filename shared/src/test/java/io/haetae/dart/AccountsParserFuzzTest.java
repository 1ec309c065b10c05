package io.haetae.dart;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.haetae.market.Report;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class AccountsParserFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyAnswerIsUnderstoodOrUnusable(byte[] answer) throws IOException {
        try {
            AccountsParser.Parsed parsed = AccountsParser.parse(new ByteArrayInputStream(answer), true);
            for (Report report : Report.values()) {
                StatementReader.read(report, parsed.rows());
            }
        } catch (UnusableAnswerException e) {
            // What it promises.
        }
    }
}
