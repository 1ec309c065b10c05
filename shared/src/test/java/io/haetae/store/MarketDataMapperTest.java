package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MarketDataMapperTest {

    private static final long SEED = 7;
    private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
    private static final Instant EIGHT = Instant.parse("2026-01-05T23:10:00Z");

    private final Store store = new MemoryStore();
    private final MarketDataMapper market = new MarketDataMapper(store);

    @Test
    void aDayReadsBackAsItWasStored() {
        MarketDay day = MarketDay.of(MONDAY, PriceSource.OFFICIAL, rows(1, 500));
        Coverage stored = market.put(day, 490, true, EIGHT);
        assertThat(stored).isEqualTo(new Coverage(MONDAY, PriceSource.OFFICIAL, day.revision(), 500, 490, true, EIGHT));
        assertThat(market.coverage(MONDAY)).contains(stored);
        assertThat(market.day(MONDAY)).contains(day);
        assertThat(market.day(MONDAY.plusDays(1))).isEmpty();
    }

    @Test
    void manyDaysComeInTheOrderAskedWithSymbolsThatComeAndGo() {
        List<MarketDay> days = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<DailyRow> rows = new ArrayList<>(rows(i, 200));
            rows.remove(i % rows.size());
            days.add(MarketDay.of(MONDAY.plusDays(i), PriceSource.OFFICIAL, rows));
        }
        days.forEach(day -> market.put(day, 0, true, EIGHT));
        List<MarketDay> asked = days.reversed();
        List<LocalDate> sessions =
                new ArrayList<>(asked.stream().map(MarketDay::session).toList());
        sessions.add(LocalDate.of(2020, 1, 2));
        assertThat(market.days(sessions)).isEqualTo(asked);
        assertThat(market.coverage(MONDAY.plusDays(10), MONDAY.plusDays(19)))
                .extracting(Coverage::session)
                .containsExactlyElementsOf(
                        MONDAY.plusDays(10).datesUntil(MONDAY.plusDays(20)).toList());
    }

    @Test
    void officialRowsReplaceProvisionalOnesAndNeverTheOtherWayRound() {
        MarketDay provisional = MarketDay.of(MONDAY, PriceSource.PROVISIONAL, rows(1, 50));
        MarketDay official = MarketDay.of(MONDAY, PriceSource.OFFICIAL, rows(2, 50));
        market.put(provisional, 50, true, EIGHT);
        market.put(official, 50, true, EIGHT);
        assertThat(market.day(MONDAY)).contains(official);
        assertThat(market.put(provisional, 50, true, EIGHT).source()).isEqualTo(PriceSource.OFFICIAL);
        assertThat(market.day(MONDAY)).contains(official);
    }

    @Test
    void equalRowsKeepTheirRevisionWhenTheyBecomeOfficial() {
        MarketDay provisional = MarketDay.of(MONDAY, PriceSource.PROVISIONAL, rows(1, 50));
        market.put(provisional, 50, true, EIGHT);
        Coverage official = market.put(
                MarketDay.of(MONDAY, PriceSource.OFFICIAL, rows(1, 50).reversed()), 50, true, EIGHT);
        assertThat(official.source()).isEqualTo(PriceSource.OFFICIAL);
        assertThat(official.revision()).isEqualTo(provisional.revision());
        assertThat(market.day(MONDAY).orElseThrow().rows()).isEqualTo(provisional.rows());
    }

    @Test
    void storingWhatIsInForceChangesNothing() {
        MarketDay day = MarketDay.of(MONDAY, PriceSource.OFFICIAL, rows(1, 50));
        Coverage first = market.put(day, 50, true, EIGHT);
        assertThat(market.put(day, 50, true, EIGHT.plusSeconds(60))).isEqualTo(first);
    }

    @Test
    void anIncompleteDayNeverTakesThePlaceOfACompleteOne() {
        MarketDay whole = MarketDay.of(MONDAY, PriceSource.OFFICIAL, rows(1, 50));
        market.put(whole, 50, true, EIGHT);
        market.put(MarketDay.of(MONDAY, PriceSource.OFFICIAL, rows(1, 20)), 50, false, EIGHT);
        assertThat(market.day(MONDAY)).contains(whole);
    }

    @Test
    void theSameRowsAreTheSameBytes() {
        assertThat(MarketDayCodec.rows(rows(3, 300))).isEqualTo(MarketDayCodec.rows(rows(3, 300)));
    }

    @Test
    void anyChangedRowIsAnotherRevision() {
        List<DailyRow> rows = new ArrayList<>(rows(1, 20));
        String revision = MarketDay.of(MONDAY, PriceSource.OFFICIAL, rows).revision();
        DailyRow row = rows.get(7);
        rows.set(
                7,
                new DailyRow(
                        row.symbol(),
                        row.name(),
                        row.market(),
                        row.open(),
                        row.high(),
                        row.low(),
                        row.close(),
                        row.change(),
                        row.volume() + 1,
                        row.value(),
                        row.shares()));
        assertThat(MarketDay.of(MONDAY, PriceSource.OFFICIAL, rows).revision())
                .isNotEqualTo(revision)
                .hasSize(16);
    }

    @Test
    void everyDamagedByteOfAChunkIsNoticed() {
        byte[] chunk = MarketDayCodec.rows(rows(1, 5));
        for (int i = 0; i < chunk.length; i++) {
            byte[] damaged = chunk.clone();
            damaged[i] ^= 0x10;
            assertDamaged(damaged);
            assertDamaged(Arrays.copyOf(chunk, i));
        }
    }

    private static void assertDamaged(byte[] chunk) {
        assertThatThrownBy(() -> new MarketDayCodec.RowDecoder(KrxMarket.KOSPI).decode(chunk))
                .isInstanceOf(MarketDayCodec.DamagedChunkException.class);
    }

    @Test
    void aMissingChunkIsCorruptionAndNotAnEmptyDay() {
        MarketDay day = MarketDay.of(MONDAY, PriceSource.OFFICIAL, rows(1, 5));
        market.put(day, 5, true, EIGHT);
        store.commit(List.of(Action.delete(Key.market("rows/" + MONDAY, "KOSPI/OFFICIAL/" + day.revision()))));
        assertThatThrownBy(() -> market.day(MONDAY)).isInstanceOf(CorruptItemException.class);
    }

    @Test
    void fundamentalsKeepWhatIsMissingMissing() {
        List<Fundamentals> figures = List.of(
                new Fundamentals("000010", 12.5, null, -830.0, 5_000.0),
                new Fundamentals("0001A0", null, null, null, null));
        market.putFundamentals(MONDAY, figures.reversed());
        assertThat(market.fundamentals(MONDAY)).isEqualTo(figures);
        assertThat(market.fundamentals(MONDAY.plusDays(1))).isEmpty();
    }

    static List<DailyRow> rows(long seed, int count) {
        SplittableRandom random = new SplittableRandom(SEED + seed);
        List<DailyRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long close = 1_000 + random.nextLong(500_000);
            boolean traded = random.nextInt(30) != 0;
            rows.add(new DailyRow(
                    "%05d%s".formatted(i * 3, i % 30 == 4 ? "K" : "0"),
                    (i % 7 == 0 ? "Test " : "표본") + i,
                    i % 3 == 0 ? KrxMarket.KOSPI : KrxMarket.KOSDAQ,
                    traded ? close - 10 : 0,
                    traded ? close + 20 : 0,
                    traded ? close - 30 : 0,
                    close,
                    traded ? random.nextLong(-500, 500) : 0,
                    traded ? 1 + random.nextLong(10_000_000) : 0,
                    traded ? close * random.nextLong(1_000_000) : 0,
                    1_000_000 + i * 17_000L));
        }
        return rows;
    }
}
