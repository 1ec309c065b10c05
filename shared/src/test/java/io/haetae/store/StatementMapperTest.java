package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.Report;
import io.haetae.market.Statement;
import io.haetae.market.StatementFigures;
import io.haetae.market.StatementProgress;
import io.haetae.market.StatementProgress.Filing;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StatementMapperTest {

    private static final LocalDate MARCH = LocalDate.of(2026, 3, 20);

    private final CountingStore store = new CountingStore();
    private final StatementMapper statements = new StatementMapper(store);

    /** Counts the questions that reach the engine. */
    private static final class CountingStore implements Store {
        private final MemoryStore engine = new MemoryStore();
        private int reads;
        private long largest;

        @Override
        public java.util.Optional<Item> get(Key key) {
            reads++;
            return engine.get(key);
        }

        @Override
        public List<Item> getAll(List<Key> keys) {
            reads++;
            return engine.getAll(keys);
        }

        @Override
        public List<Item> query(Query query) {
            reads++;
            return engine.query(query);
        }

        @Override
        public Outcome commit(List<Action> actions) {
            for (Action action : actions) {
                if (action instanceof Action.Put(Item item, var _) && item.has("bytes")) {
                    largest = Math.max(largest, item.bytes("bytes").length);
                }
            }
            return engine.commit(actions);
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private static Statement statement(int company, LocalDate received, int number, long revenue) {
        return new Statement(
                "%08d".formatted(company),
                "%05d0".formatted(company),
                Report.ANNUAL,
                YearMonth.of(2025, 12),
                company % 2 == 0,
                received.toString().replace("-", "") + "%06d".formatted(number),
                received,
                new StatementFigures(
                        9_000_000_000_000L + company,
                        null,
                        -5L,
                        0L,
                        Long.MAX_VALUE,
                        null,
                        revenue,
                        1L,
                        2L,
                        3L,
                        4L,
                        5L,
                        6L,
                        null));
    }

    @Test
    void whatWasAddedComesBackInOrderOfReceipt() {
        Statement first = statement(1, MARCH, 2, 100);
        Statement second = statement(2, MARCH, 1, 200);
        Statement later = statement(1, LocalDate.of(2026, 5, 15), 1, 300);

        assertThat(statements.add(List.of(first, later, second))).isEqualTo(3);

        assertThat(statements.received(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)))
                .containsExactly(second, first, later);
        assertThat(statements.received(MARCH.plusDays(1), LocalDate.of(2026, 12, 31)))
                .containsExactly(later);
        assertThat(statements.received(LocalDate.of(2026, 1, 1), MARCH.minusDays(1)))
                .isEmpty();
        assertThat(statements.received(MARCH, MARCH.minusDays(1))).isEmpty();
    }

    @Test
    void aVersionIsNeverOverwritten() {
        Statement version = statement(1, MARCH, 1, 100);
        statements.add(List.of(version));

        assertThat(statements.add(List.of(statement(1, MARCH, 1, 999)))).isZero();

        assertThat(statements.received(MARCH, MARCH)).containsExactly(version);
    }

    @Test
    void aCorrectionStandsBesideWhatItCorrects() {
        Statement original = statement(1, MARCH, 1, 100);
        Statement correction = statement(1, MARCH.plusDays(3), 1, 90);
        statements.add(List.of(original));
        statements.add(List.of(correction));

        assertThat(statements.received(MARCH, MARCH.plusDays(3))).containsExactly(original, correction);
    }

    /** The scores of every evening read 27 months of the whole market. */
    @Test
    void tenSeasonsOfTheWholeMarketAreReadInTwoRequestsAndFitTheirItems() {
        for (int season = 0; season < 10; season++) {
            List<Statement> filed = new ArrayList<>();
            for (int company = 0; company < 2_700; company++) {
                filed.add(statement(company, MARCH.plusMonths(3L * season), company, company * 123_456_789L));
            }
            statements.add(filed);
        }
        store.reads = 0;

        assertThat(statements.received(MARCH, MARCH.plusMonths(27))).hasSize(10 * 2_700);

        assertThat(store.reads).isEqualTo(2);
        assertThat(store.largest).isLessThan(390 * 1024);
    }

    @Test
    void theSameStatementsAreTheSameBytesHoweverTheyCame() {
        List<Statement> filed =
                List.of(statement(1, MARCH, 1, 1), statement(2, MARCH, 2, 2), statement(3, MARCH, 3, 3));
        statements.add(filed);
        MemoryStore other = new MemoryStore();
        StatementMapper bitByBit = new StatementMapper(other);
        filed.reversed().forEach(one -> bitByBit.add(List.of(one)));

        Key head = Key.market("statements/KRX", "2026-01-01");
        assertThat(other.get(head).orElseThrow().text("checksum"))
                .isEqualTo(store.get(head).orElseThrow().text("checksum"));
    }

    @Test
    void progressIsKept() {
        assertThat(statements.progress()).isEmpty();
        StatementProgress progress = new StatementProgress(
                LocalDate.of(2024, 9, 18),
                MARCH,
                List.of(new Filing("00100000", "000010", Report.HALF, YearMonth.of(2025, 6), "20250814000101", MARCH)),
                new TreeSet<>(List.of("20250401000102", "20250401000101")));

        statements.keep(progress);

        assertThat(statements.progress()).contains(progress);
    }
}
