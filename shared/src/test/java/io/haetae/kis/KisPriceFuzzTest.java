package io.haetae.kis;

import com.code_intelligence.jazzer.junit.FuzzTest;

class KisPriceFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyAnswerIsAPriceOrRefused(byte[] answer) {
        try {
            KisPrices.price(KisAnswer.read("a call", 200, answer), "005930");
        } catch (KisException e) {
            // What it promises.
        }
    }
}
