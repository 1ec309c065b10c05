package io.haetae.local.market;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class PriceFileFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyFileIsJudgedOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("prices", ".csv");
        try {
            Files.write(file, bytes);
            DataReport report = DataCheck.judge(List.of(file));
            if (report.all().explained() > report.all().outsideBand()) {
                throw new IllegalStateException("more explained than found");
            }
        } catch (MarketFileException e) {
            // What it promises.
        } finally {
            Files.delete(file);
        }
    }
}
