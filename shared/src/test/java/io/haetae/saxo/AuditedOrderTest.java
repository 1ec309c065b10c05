package io.haetae.saxo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.order.BrokerOrder;
import io.haetae.order.Execution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditedOrderTest {

    private static final Instant NOON = Instant.parse("2026-01-06T17:00:00Z");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final String OURS = "20260105-0123456789abcdef0123456789abcdef";

    private static final OrderActivity PLACED = row("1", "Placed", "Confirmed", 0, "", "");
    private static final OrderActivity PART = row("2", "Fill", "Confirmed", 1, "2", "2");
    private static final OrderActivity REST = row("3", "FinalFill", "Confirmed", 2, "3", "5");

    private static OrderActivity row(
            String logId, String status, String subStatus, int second, String amount, String filled) {
        return new OrderActivity(
                logId,
                "77",
                OURS,
                "Stock",
                211,
                "Buy",
                status,
                subStatus,
                new BigDecimal("5"),
                Optional.empty(),
                number(amount),
                amount.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal("1000")),
                number(filled),
                NOON.plusSeconds(second));
    }

    private static Optional<BigDecimal> number(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
    }

    private static BrokerOrder.State state(OrderActivity... rows) {
        return AuditedOrder.of(List.of(rows)).shown(Optional.empty()).state();
    }

    @Test
    void rowsTwiceAndOutOfOrderAreTheSameOrder() {
        AuditedOrder order = AuditedOrder.of(List.of(REST, PART, PLACED, REST, PART));
        assertThat(order.shown(Optional.empty()).state()).isEqualTo(BrokerOrder.State.FILLED);
        assertThat(order.trades()).extracting(Execution.Trade::id).containsExactly("2", "3");
        assertThat(order.trades())
                .isEqualTo(AuditedOrder.of(List.of(PLACED, PART, REST)).trades());
    }

    @Test
    void theCommissionIsThatOfTheWholeOrder() {
        assertThat(AuditedOrder.of(List.of(PART, REST)).trades())
                .extracting(Execution.Trade::commission)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("1.60"), new BigDecimal("2.40"));
    }

    @Test
    void theStateIsWhatTheRowsProve() {
        assertThat(state(PLACED)).isEqualTo(BrokerOrder.State.WORKING);
        assertThat(state(PLACED, PART)).isEqualTo(BrokerOrder.State.WORKING);
        assertThat(state(row("1", "Placed", "Rejected", 0, "", ""))).isEqualTo(BrokerOrder.State.REJECTED);
        assertThat(state(PLACED, PART, row("9", "Cancelled", "Confirmed", 5, "", "")))
                .isEqualTo(BrokerOrder.State.CANCELLED);
        assertThat(state(PLACED, row("9", "Cancelled", "Requested", 5, "", ""))).isEqualTo(BrokerOrder.State.WORKING);
        assertThat(state(PLACED, row("9", "Cancelled", "Rejected", 5, "", ""))).isEqualTo(BrokerOrder.State.WORKING);
        assertThat(state(PLACED, row("9", "Expired", "Confirmed", 5, "", ""))).isEqualTo(BrokerOrder.State.EXPIRED);
        assertThat(state(PLACED, row("9", "SomethingNew", "Confirmed", 5, "", "")))
                .isEqualTo(BrokerOrder.State.WORKING);
    }

    @Test
    void aMissingRowIsNoSmallerFill() {
        assertThatThrownBy(() -> AuditedOrder.of(List.of(PLACED, REST)).trades())
                .isInstanceOf(SaxoFormatException.class)
                .hasMessageContaining("filled 5, its fills are 3");
        assertThatThrownBy(() -> AuditedOrder.of(List.of(row("3", "FinalFill", "Confirmed", 2, "", "5")))
                        .trades())
                .isInstanceOf(SaxoFormatException.class);
    }

    @Test
    void ourOwnIdNamesTheSessionAndAPersonsOrderItsDay() {
        assertThat(AuditedOrder.of(List.of(PLACED)).session(NEW_YORK)).isEqualTo(LocalDate.of(2026, 1, 5));
        assertThat(AuditedOrder.session("mine", NOON, NEW_YORK)).isEqualTo(LocalDate.of(2026, 1, 6));
        assertThat(AuditedOrder.session("20269999-0123456789abcdef0123456789abcdef", NOON, NEW_YORK))
                .isEqualTo(LocalDate.of(2026, 1, 6));
    }
}
