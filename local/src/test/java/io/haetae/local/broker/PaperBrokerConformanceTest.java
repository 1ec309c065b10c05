package io.haetae.local.broker;

/** G7: a dry run sells, cancels and fails like the brokers it stands for. */
class PaperBrokerConformanceTest extends BrokerConformance {

    @Override
    VenueUnderTest open() {
        return new PaperVenue();
    }
}
