package io.haetae.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.market.SymbolLife.Named;
import io.haetae.market.SymbolRegister.Standing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SymbolRegisterTest {

    private static final long SEED = 20_260_306;

    private static final LocalDate MON = LocalDate.of(2026, 3, 9);
    private static final LocalDate TUE = LocalDate.of(2026, 3, 10);
    private static final LocalDate WED = LocalDate.of(2026, 3, 11);
    private static final LocalDate THU = LocalDate.of(2026, 3, 12);
    private static final LocalDate FRI = LocalDate.of(2026, 3, 13);

    private final TradingCalendar calendar = XkrxCalendar.bundled();

    private static DailyRow row(String symbol, String name, long volume) {
        return row(symbol, name, KrxMarket.KOSDAQ, volume);
    }

    private static DailyRow row(String symbol, String name, KrxMarket market, long volume) {
        long price = volume == 0 ? 0 : 1_000;
        return new DailyRow(symbol, name, market, price, price, price, 1_000, 0, volume, volume * price, 9_000);
    }

    private static ListedShare share(String symbol, LocalDate listed) {
        return new ListedShare(
                symbol,
                "KR7" + symbol + "003",
                KrxMarket.KOSDAQ,
                "새얼굴",
                "새얼굴보통주",
                "NEW FACE",
                listed,
                "주권",
                "벤처기업부",
                "보통주",
                null,
                9_000);
    }

    @Test
    void aRenamedShareKeepsBothNamesWithTheirDates() {
        SymbolRegister register = SymbolRegister.EMPTY
                .seen(MON, List.of(row("000010", "옛이름", 5)))
                .seen(TUE, List.of(row("000010", "옛이름", 5)))
                .seen(WED, List.of(row("000010", "새이름", 5)));
        SymbolLife life = register.life("000010").orElseThrow();
        assertThat(life.name()).isEqualTo("새이름");
        assertThat(life.names())
                .containsExactly(
                        new Named("옛이름", KrxMarket.KOSDAQ, MON, TUE), new Named("새이름", KrxMarket.KOSDAQ, WED, WED));
    }

    @Test
    void aShareThatMovesToAnotherMarketIsNotGone() {
        SymbolRegister register = SymbolRegister.EMPTY
                .seen(MON, List.of(row("000010", "이사", 5), row("000020", "다른", 5)))
                .seen(TUE, List.of(row("000010", "이사", KrxMarket.KOSPI, 5), row("000020", "다른", 5)));
        assertThat(register.life("000010").orElseThrow().market()).contains(KrxMarket.KOSPI);
        assertThat(register.standing("000010", calendar)).contains(Standing.TRADED);
    }

    @Test
    void aShareThatLeavesTheRowsIsMissingThenGoneAndNeverForgotten() {
        DailyRow other = row("000020", "남은", 5);
        SymbolRegister register = SymbolRegister.EMPTY.seen(MON, List.of(row("000010", "떠난", 5), other));
        assertThat(register.missingSince("000010", calendar)).isEmpty();
        register = register.seen(TUE, List.of(other));
        assertThat(register.standing("000010", calendar)).contains(Standing.MISSING);
        assertThat(register.missingSince("000010", calendar)).contains(TUE);
        assertThat(register.askable(WED, calendar)).containsExactly("000010", "000020");
        register = register.seen(WED, List.of(other)).seen(THU, List.of(other));
        assertThat(register.standing("000010", calendar)).contains(Standing.GONE);
        assertThat(register.missingSince("000010", calendar)).contains(TUE);
        assertThat(register.askable(FRI, calendar)).containsExactly("000020");
        assertThat(register.life("000010")).isPresent();
    }

    @Test
    void aHaltBeginsWithTheFirstSessionWithoutATrade() {
        SymbolRegister register = SymbolRegister.EMPTY
                .seen(MON, List.of(row("000010", "멈춤", 5)))
                .seen(TUE, List.of(row("000010", "멈춤", 0)))
                .seen(WED, List.of(row("000010", "멈춤", 0)));
        assertThat(register.standing("000010", calendar)).contains(Standing.UNTRADED);
        assertThat(register.untradedSince("000010", calendar)).contains(TUE);
        register = register.seen(THU, List.of(row("000010", "멈춤", 9)));
        assertThat(register.untradedSince("000010", calendar)).isEmpty();
    }

    @Test
    void aShareIsAskedForOnTheDayThatItsBaseInformationNames() {
        SymbolRegister register = SymbolRegister.EMPTY
                .seen(MON, List.of(row("000010", "있던", 5)))
                .told(MON, List.of(share("000030", WED)));
        assertThat(register.standing("000030", calendar)).contains(Standing.EXPECTED);
        assertThat(register.askable(TUE, calendar)).containsExactly("000010");
        assertThat(register.askable(WED, calendar)).containsExactly("000010", "000030");
        assertThat(register.life("000030").orElseThrow().name()).isEqualTo("새얼굴");
    }

    @Test
    void olderBaseInformationDoesNotReplaceNewer() {
        SymbolRegister register =
                SymbolRegister.EMPTY.told(TUE, List.of(share("000030", WED))).told(MON, List.of(share("000030", FRI)));
        assertThat(register.life("000030").orElseThrow().listed()).contains(WED);
    }

    @Test
    void sessionsInAnyOrderAndTwiceMakeTheSameRegister() {
        Random random = new Random(SEED);
        List<LocalDate> sessions = List.of(MON, TUE, WED, THU, FRI);
        List<List<DailyRow>> days = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            List<DailyRow> rows = new ArrayList<>();
            for (int s = 0; s < 30; s++) {
                if (random.nextInt(5) > 0) {
                    rows.add(row("%06d".formatted(s), "이름" + random.nextInt(2), random.nextInt(3)));
                }
            }
            days.add(rows);
        }
        SymbolRegister inOrder = SymbolRegister.EMPTY;
        for (int i = 0; i < sessions.size(); i++) {
            inOrder = inOrder.seen(sessions.get(i), days.get(i));
        }
        for (int round = 0; round < 50; round++) {
            List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, random.nextInt(5)));
            Collections.shuffle(order, random);
            SymbolRegister shuffled = SymbolRegister.EMPTY;
            for (int i : order) {
                shuffled = shuffled.seen(sessions.get(i), days.get(i));
            }
            assertThat(shuffled).as("seed %d, order %s", SEED, order).isEqualTo(inOrder);
        }
    }
}
