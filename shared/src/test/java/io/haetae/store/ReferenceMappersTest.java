package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.market.DailyRow;
import io.haetae.market.IndexRow;
import io.haetae.market.Indices;
import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import io.haetae.market.SymbolRegister;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What stands beside the prices: the register of symbols, the indices, the count of calls. */
class ReferenceMappersTest {

    private static final long SEED = 11;
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 9);

    /** Counts what DynamoDB would be asked. */
    private static final class Counting implements Store {
        private final Store store = new MemoryStore();
        private int requests;
        private @Nullable Runnable beforeCommit;

        @Override
        public Optional<Item> get(Key key) {
            requests++;
            return store.get(key);
        }

        @Override
        public List<Item> getAll(List<Key> keys) {
            requests++;
            return store.getAll(keys);
        }

        @Override
        public List<Item> query(Query query) {
            requests++;
            return store.query(query);
        }

        @Override
        public Outcome commit(List<Action> actions) {
            requests++;
            Runnable now = beforeCommit;
            beforeCommit = null;
            if (now != null) {
                now.run();
            }
            return store.commit(actions);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private final Counting store = new Counting();
    private final SymbolRegisterMapper symbols = new SymbolRegisterMapper(store);

    private static List<DailyRow> rows(int count, Random random) {
        List<DailyRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long volume = random.nextInt(3);
            rows.add(new DailyRow(
                    "%06d".formatted(i),
                    "이름" + random.nextInt(3) + " " + i,
                    random.nextBoolean() ? KrxMarket.KOSPI : KrxMarket.KOSDAQ,
                    5,
                    5,
                    5,
                    5,
                    0,
                    volume,
                    volume * 5,
                    i));
        }
        return rows;
    }

    private static List<ListedShare> shares(int count, Random random) {
        List<ListedShare> shares = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String noise = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
            shares.add(new ListedShare(
                    "%06d".formatted(i),
                    "KR7%06d003".formatted(i),
                    KrxMarket.KOSDAQ,
                    "짧은 이름" + i,
                    "긴 이름" + noise,
                    "NAME " + noise,
                    MONDAY.minusDays(random.nextInt(5_000)),
                    "주권",
                    i % 9 == 0 ? "관리종목(소속부없음)" : "",
                    "보통주",
                    i % 5 == 0 ? null : new BigDecimal("0.5"),
                    random.nextLong(1, 1L << 40)));
        }
        return shares;
    }

    @Test
    void aRegisterReadsBackAsItWasWritten() {
        Random random = new Random(SEED);
        SymbolRegister register = SymbolRegister.EMPTY
                .seen(MONDAY, rows(300, random))
                .seen(MONDAY.plusDays(1), rows(290, random))
                .told(MONDAY, shares(310, random));
        assertThat(symbols.read()).isEqualTo(SymbolRegister.EMPTY);
        symbols.update(_ -> register);
        assertThat(symbols.read()).as("seed %d", SEED).isEqualTo(register);
    }

    @Test
    void aSessionOfTheWholeMarketCostsTwoRequestsHoweverLongTheHistory() {
        Random random = new Random(SEED);
        symbols.update(register -> register.seen(MONDAY, rows(2_700, random)).told(MONDAY, shares(4_000, random)));
        List<DailyRow> tuesday = rows(2_700, random);
        store.requests = 0;
        SymbolRegister after = symbols.update(register -> register.seen(MONDAY.plusDays(1), tuesday));
        assertThat(store.requests).isEqualTo(2);
        assertThat(symbols.read()).isEqualTo(after);
        store.requests = 0;
        symbols.update(register -> register.seen(MONDAY.plusDays(1), tuesday));
        assertThat(store.requests).as("nothing changed, nothing written").isEqualTo(1);
    }

    @Test
    void twoWritersAtOnceLoseNothing() {
        Random random = new Random(SEED);
        List<DailyRow> monday = rows(10, random);
        List<DailyRow> tuesday = rows(12, random);
        store.beforeCommit = () -> symbols.update(register -> register.seen(MONDAY, monday));
        symbols.update(register -> register.seen(MONDAY.plusDays(1), tuesday));
        assertThat(symbols.read())
                .isEqualTo(SymbolRegister.EMPTY.seen(MONDAY, monday).seen(MONDAY.plusDays(1), tuesday));
    }

    @Test
    void aDamagedRegisterIsNotAnEmptyOne() {
        symbols.update(register -> register.seen(MONDAY, rows(3, new Random(SEED))));
        Item item = store.query(Query.all(Table.MARKET, "symbols/KRX")).getFirst();
        byte[] bytes = item.bytes("bytes").clone();
        bytes[bytes.length - 1] ^= 1;
        Item damaged = Item.at(item.key())
                .with("version", item.whole("version"))
                .with("parts", 1)
                .with("checksum", item.text("checksum"))
                .with("plainBytes", item.whole("plainBytes"))
                .with("bytes", bytes)
                .build();
        store.commit(List.of(Action.put(damaged)));
        assertThatThrownBy(symbols::read).isInstanceOf(CorruptItemException.class);
    }

    private static IndexRow index(String name, String close) {
        BigDecimal points = new BigDecimal(close);
        return new IndexRow("KOSPI", name, points, points, null, points, new BigDecimal("-1.50"));
    }

    @Test
    void closesOfAnIndexComeBySession() {
        IndexMapper indices = new IndexMapper(store);
        indices.put(MONDAY, List.of(index("코스피", "2500.10"), index("코스피 200", "330.00")));
        indices.put(MONDAY.plusDays(1), List.of(index("코스피", "2510.20")));
        assertThat(indices.rows(MONDAY)).containsExactly(index("코스피", "2500.10"), index("코스피 200", "330.00"));
        assertThat(indices.rows(MONDAY.plusDays(2))).isEmpty();
        assertThat(indices.closes(Indices.KOSPI, MONDAY, MONDAY.plusDays(9)))
                .containsExactly(
                        java.util.Map.entry(MONDAY, new BigDecimal("2500.10")),
                        java.util.Map.entry(MONDAY.plusDays(1), new BigDecimal("2510.20")));
        assertThat(indices.closes(Indices.KOSPI_200, MONDAY, MONDAY.plusDays(9)))
                .hasSize(1);
    }

    @Test
    void callsAreCountedByDayUpToTheLimitAndNoFurther() {
        CallQuotaMapper quota = new CallQuotaMapper(store);
        assertThat(quota.take("krx", MONDAY, 6, 10)).isTrue();
        assertThat(quota.take("krx", MONDAY, 5, 10)).isFalse();
        assertThat(quota.take("krx", MONDAY, 4, 10)).isTrue();
        assertThat(quota.take("krx", MONDAY, 1, 10)).isFalse();
        assertThat(quota.take("krx", MONDAY.plusDays(1), 10, 10)).isTrue();
        assertThat(quota.take("other", MONDAY, 1, 10)).isTrue();
    }
}
