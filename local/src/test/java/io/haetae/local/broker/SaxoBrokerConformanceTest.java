package io.haetae.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaxoBrokerConformanceTest extends BrokerConformance {

    @TempDir
    private Path folder;

    @Override
    VenueUnderTest open() {
        return new SaxoVenue(folder);
    }

    @ParameterizedTest
    @CsvSource({"Stock, true", "Etf, true", "FxSpot, false", "FxCrypto, false", "CfdOnStock, false"})
    void onlyWhatIsBoughtWithCashCannotBeSoldTwice(String assetType, boolean refused) {
        InstrumentId instrument = new InstrumentId(Venue.SAXO, assetType + ":211");
        assertThat(venue.broker().refusesOverselling(instrument)).isEqualTo(refused);
    }
}
