package io.haetae.krx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.haetae.krx.OutBlockParser.UnusableAnswerException;
import io.haetae.market.KrxMarket;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class BaseInformationFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyAnswerIsUnderstoodOrUnusable(byte[] answer) throws IOException {
        try {
            BaseInformationReader.parse(new ByteArrayInputStream(answer), KrxMarket.KOSDAQ);
        } catch (UnusableAnswerException e) {
            // What it promises.
        }
    }
}
