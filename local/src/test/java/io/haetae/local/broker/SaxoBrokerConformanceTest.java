package io.haetae.local.broker;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SaxoBrokerConformanceTest extends BrokerConformance {

    @TempDir
    private Path folder;

    @Override
    VenueUnderTest open() {
        return new SaxoVenue(folder);
    }
}
