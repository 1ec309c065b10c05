package io.haetae.order;

import static io.haetae.order.TradingWorld.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.risk.Capital;
import io.haetae.risk.CapitalUnavailableException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class BrokerCapitalTest {

    private final FakeBroker broker = new FakeBroker();
    private final BrokerCapital capital = new BrokerCapital(broker);

    @Test
    void aBookBeginsWithTheBrokersCashAndMeasuresLossesFromItsEquity() {
        broker.keepsAccounts = true;
        broker.cash = () -> new BigDecimal("7");
        broker.stock = new BigDecimal("2");

        assertThat(capital.of(ACCOUNT)).isEqualTo(new Capital.Beginning(new BigDecimal("7"), new BigDecimal("9")));
    }

    @Test
    void anUnreadAccountIsNotAnEmptyOne() {
        assertThatThrownBy(() -> capital.of(ACCOUNT))
                .isInstanceOf(CapitalUnavailableException.class)
                .hasMessageContaining("could not be read: no funds");
    }

    @Test
    void anEmptyAccountOpensNoBook() {
        broker.keepsAccounts = true;
        broker.cash = () -> BigDecimal.ZERO;

        assertThatThrownBy(() -> capital.of(ACCOUNT))
                .isInstanceOf(CapitalUnavailableException.class)
                .hasMessageContaining("nothing in it");
    }
}
