package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.market.TradingStatus;
import io.haetae.market.TradingStatus.Mark;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TradingStatusMapperTest {

    private static final LocalDate SESSION = LocalDate.of(2026, 3, 17);
    private static final TradingStatus LEAVING =
            new TradingStatus(Set.of(Mark.LIQUIDATION, Mark.ADMINISTRATIVE), new TreeSet<>());
    private static final TradingStatus ODD =
            new TradingStatus(Set.of(), new TreeSet<>(Set.of("iscd_stat_cls_code=77", "vi_cls_code=Z")));

    private final Store store = new MemoryStore();
    private final TradingStatusMapper statuses = new TradingStatusMapper(store);

    @Test
    void marksComeBackAndPlainSharesTakeNoRoom() {
        assertThat(statuses.of(SESSION)).isEmpty();
        statuses.put(SESSION, Map.of("000430", LEAVING, "0001A0", ODD, "005930", TradingStatus.PLAIN));
        assertThat(statuses.of(SESSION)).isEqualTo(Map.of("000430", LEAVING, "0001A0", ODD));
        statuses.put(SESSION, Map.of());
        assertThat(statuses.of(SESSION)).isEmpty();
    }

    @Test
    void whatTheBrokerWroteCannotBreakTheLines() {
        statuses.put(
                SESSION, Map.of("000430", new TradingStatus(Set.of(Mark.HALTED), new TreeSet<>(Set.of("a=1 2\n3,4")))));
        assertThat(statuses.of(SESSION).values()).singleElement().satisfies(status -> assertThat(status.unknown())
                .containsExactly("a=1?2?3?4"));
    }

    @Test
    void damagedMarksAreNotTakenForNone() {
        for (String damaged : List.of("000430", "000430 NOBODY -", "000430 - - -")) {
            store.commit(List.of(Action.put(Item.at(Key.market("marks/KRX", SESSION.toString()))
                    .with("marks", damaged)
                    .build())));
            assertThatThrownBy(() -> statuses.of(SESSION)).as(damaged).isInstanceOf(CorruptItemException.class);
        }
    }
}
