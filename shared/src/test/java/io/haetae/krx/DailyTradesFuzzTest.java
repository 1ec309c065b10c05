package io.haetae.krx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.haetae.krx.OutBlockParser.UnusableAnswerException;
import io.haetae.market.KrxMarket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;

class DailyTradesFuzzTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);

    @FuzzTest(maxDuration = "20s")
    void anyAnswerIsUnderstoodOrUnusable(byte[] answer) throws IOException {
        try {
            DailyTradesReader.parse(new ByteArrayInputStream(answer), KrxMarket.KOSPI, FRIDAY);
        } catch (UnusableAnswerException e) {
            // What it promises.
        }
    }
}
