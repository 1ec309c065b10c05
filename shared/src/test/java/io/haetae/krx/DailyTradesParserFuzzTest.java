package io.haetae.krx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import io.haetae.krx.DailyTradesParser.UnusableAnswerException;
import io.haetae.market.KrxMarket;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class DailyTradesParserFuzzTest {

    private static final JsonFactory JSON = new JsonFactory();

    @FuzzTest(maxDuration = "20s")
    void anyAnswerIsUnderstoodOrUnusable(byte[] answer) throws IOException {
        try {
            DailyTradesParser.parse(JSON, new ByteArrayInputStream(answer), KrxMarket.KOSPI, "20260306");
        } catch (UnusableAnswerException e) {
            // What it promises.
        }
    }
}
