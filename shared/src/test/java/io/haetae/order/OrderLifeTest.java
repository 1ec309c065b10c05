package io.haetae.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderLifeTest {

    private static final Set<OrderEvent> FILLS = EnumSet.of(OrderEvent.PARTIAL_FILL, OrderEvent.FILL);

    @Test
    void whatIsNotInTheTableIsATypedError() {
        for (OrderState state : OrderState.values()) {
            for (OrderEvent event : OrderEvent.values()) {
                if (OrderLife.find(state, event).isEmpty()) {
                    assertThatThrownBy(() -> OrderLife.next(state, event))
                            .isInstanceOfSatisfying(IllegalTransitionException.class, e -> {
                                assertThat(e.state()).isEqualTo(state);
                                assertThat(e.event()).isEqualTo(event);
                            });
                } else {
                    assertThat(OrderLife.next(state, event))
                            .isEqualTo(OrderLife.find(state, event).orElseThrow());
                }
            }
        }
    }

    @Test
    void nothingButABrokersFillOrAJudgementAgainLeavesATerminalState() {
        for (OrderState state : OrderState.values()) {
            if (state.isTerminal() && state != OrderState.DENIED) {
                for (OrderEvent event : OrderEvent.values()) {
                    assertThat(OrderLife.find(state, event)
                                            .filter(next -> next != state)
                                            .isPresent()
                                    && !FILLS.contains(event))
                            .as("%s %s", state, event)
                            .isFalse();
                }
            }
        }
        assertThat(OrderLife.next(OrderState.DENIED, OrderEvent.INTEND)).isEqualTo(OrderState.INTENDED);
    }

    @Test
    void onlyAPrecheckedOrderIsSentAndNoSentOneEverAgain() {
        for (OrderState state : OrderState.values()) {
            assertThat(OrderLife.find(state, OrderEvent.SEND).isPresent())
                    .as(state.name())
                    .isEqualTo(state == OrderState.PRECHECKED);
        }
        Set<OrderState> afterSending = reachable(OrderState.SENDING);
        assertThat(afterSending).doesNotContain(OrderState.INTENDED, OrderState.PRECHECKED, OrderState.DENIED);
    }

    @Test
    void aFillIsBookedWhateverWeThoughtOfASentOrder() {
        for (OrderState state : OrderState.values()) {
            if (!state.isUnsent()) {
                assertThat(OrderLife.find(state, OrderEvent.FILL))
                        .as(state.name())
                        .contains(OrderState.FILLED);
                // Of a filled order every further fill is a FILL: nothing of it is open.
                assertThat(OrderLife.find(state, OrderEvent.PARTIAL_FILL).isPresent())
                        .as(state.name())
                        .isEqualTo(state != OrderState.FILLED);
            }
        }
    }

    @Test
    void everyOpenStateCanComeToAnEnd() {
        for (OrderState state : OrderState.values()) {
            if (!state.isTerminal()) {
                assertThat(reachable(state)).as(state.name()).anyMatch(OrderState::isTerminal);
            }
        }
        assertThat(reachable(OrderState.INTENDED)).contains(OrderState.values());
    }

    private static Set<OrderState> reachable(OrderState from) {
        Set<OrderState> seen = EnumSet.of(from);
        Deque<OrderState> todo = new ArrayDeque<>(seen);
        while (!todo.isEmpty()) {
            OrderState state = todo.removeFirst();
            for (OrderEvent event : OrderEvent.values()) {
                OrderLife.find(state, event).filter(seen::add).ifPresent(todo::add);
            }
        }
        return seen;
    }
}
