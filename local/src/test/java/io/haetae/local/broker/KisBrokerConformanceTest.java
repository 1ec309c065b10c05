package io.haetae.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.order.Broker;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Order;
import io.haetae.order.Side;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Korean broker, in both its environments. */
class KisBrokerConformanceTest {

    @Nested
    class InTheRealEnvironment extends Environment {

        @Override
        boolean paper() {
            return false;
        }
    }

    @Nested
    class InThePaperEnvironment extends Environment {

        @Override
        boolean paper() {
            return true;
        }
    }

    abstract static class Environment extends BrokerConformance {

        @TempDir
        @SuppressWarnings("NullAway.Init")
        Path folder;

        @SuppressWarnings("NullAway.Init")
        private KisVenue kis;

        abstract boolean paper();

        @Override
        VenueUnderTest open() {
            kis = new KisVenue(paper(), folder);
            return kis;
        }

        @Test
        void anAmendmentTakesTheRestAndKeepsWhatTraded() {
            Order order = buy(10, kis.resting(Side.BUY));
            String first = accepted(order);
            kis.fill(first, units(4));
            BigDecimal higher = kis.crossing(Side.BUY);

            String second = accepted(kis.broker()
                    .amend(sent(order, first), higher, kis.validity().ends()));

            assertThat(second).isNotEqualTo(first);
            assertThat(row(first).state()).isEqualTo(BrokerOrder.State.CANCELLED);
            assertThat(traded(first)).isEqualByComparingTo(units(4));
            assertThat(row(second).limit())
                    .hasValueSatisfying(limit -> assertThat(limit).isEqualByComparingTo(higher));
            assertThat(row(second).state()).isEqualTo(BrokerOrder.State.FILLED);
            assertThat(traded(second)).isEqualByComparingTo(units(6));
        }

        @Test
        void whatHasTradedIsNotAmended() {
            Order order = buy(10, kis.crossing(Side.BUY));
            String id = accepted(order);
            assertThat(row(id).state()).isEqualTo(BrokerOrder.State.FILLED);

            assertThat(kis.broker()
                            .amend(
                                    sent(order, id),
                                    kis.resting(Side.BUY),
                                    kis.validity().ends()))
                    .isInstanceOf(Broker.Placement.Rejected.class);

            assertThat(traded(id)).isEqualByComparingTo(units(10));
        }
    }
}
