package io.haetae.local.broker;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The Korean broker, in both its environments. */
class KisBrokerConformanceTest {

    @Nested
    class InTheRealEnvironment extends BrokerConformance {

        @TempDir
        @SuppressWarnings("NullAway.Init")
        Path folder;

        @Override
        VenueUnderTest open() {
            return new KisVenue(false, folder);
        }
    }

    @Nested
    class InThePaperEnvironment extends BrokerConformance {

        @TempDir
        @SuppressWarnings("NullAway.Init")
        Path folder;

        @Override
        VenueUnderTest open() {
            return new KisVenue(true, folder);
        }
    }
}
