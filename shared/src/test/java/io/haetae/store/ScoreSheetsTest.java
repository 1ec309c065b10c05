package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.indicator.Indicator;
import io.haetae.indicator.IndicatorSet;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.score.SampleScores;
import io.haetae.score.ScoreSheet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreSheetsTest {

    private static final LocalDate SESSION = LocalDate.of(2026, 1, 5);
    private static final long SEED = 20_260_105;

    private final MemoryStore store = new MemoryStore();
    private final IndicatorMapper indicators = new IndicatorMapper(store);
    private final ScoreMapper scores = new ScoreMapper(store);

    @Test
    void aWholeMarketsIndicatorsComeBackAsTheyWere() {
        IndicatorSnapshot snapshot = snapshot("r1", 2_700, SEED);
        indicators.put(snapshot);
        assertThat(indicators.at(SESSION)).contains(snapshot);
        assertThat(indicators.revision(SESSION)).contains("r1");
        assertThat(indicators.at(SESSION.plusDays(1))).isEmpty();
    }

    @Test
    void theSameSnapshotMakesTheSameItems() {
        MemoryStore other = new MemoryStore();
        indicators.put(snapshot("r1", 300, SEED));
        indicators.put(snapshot("r1", 300, SEED));
        new IndicatorMapper(other).put(snapshot("r1", 300, SEED));
        assertThat(parts(store, "indicators/KRX/" + SESSION)).isEqualTo(parts(other, "indicators/KRX/" + SESSION));
        assertThat(parts(store, "indicators/KRX")).isEqualTo(parts(other, "indicators/KRX"));
    }

    @Test
    void aNewRevisionTakesThePlaceOfTheOldAndLeavesNoParts() {
        indicators.put(snapshot("r1", 2_700, SEED));
        IndicatorSnapshot second = snapshot("r2", 300, SEED + 1);
        indicators.put(second);
        assertThat(indicators.at(SESSION)).contains(second);
        assertThat(parts(store, "indicators/KRX/" + SESSION)).hasSize(1);
    }

    @Test
    void aSheetOfAnotherVersionIsReadByTheNamesOfItsIndicators() {
        byte[] older = new Columns.Writer<>(List.of("000010"))
                .texts(symbol -> symbol)
                .wholes(_ -> SESSION.toEpochDay())
                .wholes(_ -> 60)
                .lines(List.of("ROC20", "OF_OLD", "SMA5"))
                .figures(_ -> 3)
                .figures(_ -> 4)
                .figures(_ -> 5)
                .bytes();
        new Sheets(store, "indicators/KRX").write(SESSION, "r1", older);
        IndicatorSet set = indicators.at(SESSION).orElseThrow().set("000010").orElseThrow();
        assertThat(set.get(Indicator.SMA5)).isEqualTo(5);
        assertThat(set.get(Indicator.ROC20)).isEqualTo(3);
        assertThat(set.get(Indicator.BETA)).isNaN();
    }

    @Test
    void ofTwoWritersAtOnceOneWinsWholeAndTheOtherNotices() {
        IndicatorSnapshot own = snapshot("r1", 300, SEED);
        IndicatorSnapshot other = snapshot("r2", 300, SEED + 1);
        assertThat(indicators.putIf(own, () -> {
                    indicators.put(other);
                    return true;
                }))
                .isFalse();
        assertThat(indicators.at(SESSION)).contains(other);
        assertThat(indicators.putIf(own, () -> false)).isFalse();
        assertThat(indicators.at(SESSION)).contains(other);
        assertThat(indicators.putIf(own, () -> {
                    indicators.put(own);
                    return true;
                }))
                .as("an equal one")
                .isTrue();
        assertThat(indicators.at(SESSION)).contains(own);
    }

    @Test
    void aDamagedPartIsNoticed() {
        indicators.put(snapshot("r1", 300, SEED));
        Item part = parts(store, "indicators/KRX/" + SESSION).getFirst();
        byte[] bytes = part.bytes("bytes").clone();
        bytes[bytes.length / 2] ^= 1;
        assertThat(store.commit(List.of(
                        Action.put(Item.at(part.key()).with("bytes", bytes).build()))))
                .isInstanceOf(Outcome.Committed.class);
        assertThatThrownBy(() -> indicators.at(SESSION))
                .isInstanceOf(CorruptItemException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void aMissingPartIsNoticed() {
        indicators.put(snapshot("r1", 300, SEED));
        assertThat(store.commit(List.of(Action.delete(
                        parts(store, "indicators/KRX/" + SESSION).getFirst().key()))))
                .isInstanceOf(Outcome.Committed.class);
        assertThatThrownBy(() -> indicators.at(SESSION)).isInstanceOf(CorruptItemException.class);
    }

    @Test
    void aSheetWhoseHeadCannotBeReadIsDeletedWithItsParts() {
        indicators.put(snapshot("r1", 2_700, SEED));
        Sheets sheets = new Sheets(store, "indicators/KRX");
        Item head = parts(store, "indicators/KRX").getFirst();
        assertThat(store.commit(List.of(Action.put(Item.at(head.key())
                        .with("revision", "r1")
                        .with("parts", 2)
                        .build()))))
                .isInstanceOf(Outcome.Committed.class);
        indicators.put(new IndicatorSnapshot(SESSION.plusDays(1), "r2", List.of()));

        sheets.delete(SESSION);

        assertThat(sheets.revisions()).containsOnlyKeys(SESSION.plusDays(1));
        assertThat(parts(store, "indicators/KRX/" + SESSION)).isEmpty();
        assertThat(indicators.at(SESSION.plusDays(1))).isPresent();
    }

    @Test
    void scoresComeBackWithWhatIsNotKnownStillUnknown() {
        ScoreSheet sheet = new ScoreSheet(
                SESSION,
                "r1",
                List.of(
                        SampleScores.good("000010").score(),
                        SampleScores.good("0001A0").per(null).composite(null).score()),
                List.of("a warning", "시장 경고"));
        scores.put(sheet);
        assertThat(scores.at(SESSION)).contains(sheet);
        assertThat(scores.revision(SESSION)).contains("r1");
    }

    @Test
    void anEmptySheetIsASheet() {
        ScoreSheet sheet = new ScoreSheet(SESSION, "r1", List.of(), List.of());
        scores.put(sheet);
        assertThat(scores.at(SESSION)).contains(sheet);
    }

    private static List<Item> parts(Store store, String partition) {
        return store.query(Query.all(Table.MARKET, partition));
    }

    private static IndicatorSnapshot snapshot(String revision, int symbols, long seed) {
        Random random = new Random(seed);
        List<IndicatorSet> sets = new ArrayList<>();
        for (int i = 0; i < symbols; i++) {
            double[] values = new double[Indicator.values().length];
            for (int j = 0; j < values.length; j++) {
                values[j] = random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian() * 10_000;
            }
            sets.add(new IndicatorSet("%06d".formatted(i), SESSION.minusDays(i % 3), 200 + i % 100, values));
        }
        return new IndicatorSnapshot(SESSION, revision, sets);
    }
}
