package io.haetae.kis;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.LocalDate;

class KisOrderListFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyAnswerIsAListOfOrdersOrRefused(byte[] answer) {
        try {
            KisAnswer read = KisAnswer.read("a call", 200, answer);
            KisPages pages = new KisPages(read.rows("output1"), read);
            KisOrderList.of(pages, LocalDate.of(2026, 3, 6), true).orders();
        } catch (KisException e) {
            // What it promises.
        }
    }

    @FuzzTest(maxDuration = "20s")
    void anyAnswerIsABalanceOrRefused(byte[] answer) {
        try {
            KisAnswer read = KisAnswer.read("a call", 200, answer);
            KisBalance balance = KisBalance.of(new KisPages(read.rows("output1"), read));
            balance.holdings();
            balance.settledCash();
        } catch (KisException e) {
            // What it promises.
        }
    }

    @FuzzTest(maxDuration = "20s")
    void anyAnswerToAnOrderIsJudged(byte[] answer) {
        KisOrderAnswer.verdict("a call", 200, answer);
        KisOrderAnswer.verdict("a call", 500, answer);
    }
}
