package io.haetae.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.haetae.event.DomainEvent;
import io.haetae.market.Adjustment;
import io.haetae.portfolio.Mode;
import io.haetae.score.SampleScores;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.watchlist.DailyUpdate.Decision;
import io.haetae.watchlist.WatchlistEntry.Standing;
import io.haetae.watchlist.Watchlists.Change;
import io.haetae.watchlist.Watchlists.Owner;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyUpdateTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
    private static final LocalDate TUESDAY = LocalDate.of(2026, 1, 6);

    private static final Owner OWNER = new Owner(Mode.DRY_RUN, "default_user");
    private static final Instant AT = Instant.parse("2026-01-06T09:00:00Z");

    private List<Adjustment> breaks = List.of();

    @Test
    void aTopScoreIsAddedWithItsReason() {
        Change change = only(decide(List.of(), sheet(MONDAY, good("000010"))));
        assertThat(change.entry().standing()).isEqualTo(Standing.ACTIVE);
        assertThat(change.entry().added()).isEqualTo(MONDAY);
        assertThat(change.entry().reason())
                .isEqualTo("strong overall score 72.0; strong value 80.0; stable 75.0; PBR below book value 0.8;"
                        + " high ROE 21.0");
        assertThat(change.snapshot().orElseThrow().label()).isEqualTo("added");
    }

    @Test
    void sixtyIsEnoughAndBelowIsNot() {
        assertThat(decide(List.of(), sheet(MONDAY, good("000010").composite(60.0)))
                        .changes())
                .hasSize(1);
        assertThat(decide(List.of(), sheet(MONDAY, good("000010").composite(59.99)))
                        .changes())
                .isEmpty();
    }

    @Test
    void onlyTheFiftyBestAreAdded() {
        List<SampleScores> market = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            market.add(good("%06d".formatted(i)).composite(60.0 + i / 10.0));
        }
        Decision decision = decide(List.of(), sheet(MONDAY, market.toArray(SampleScores[]::new)));
        assertThat(decision.changes())
                .hasSize(50)
                .extracting(change -> change.entry().symbol())
                .contains("000059", "000010")
                .doesNotContain("000009");
    }

    @Test
    void doingItTwiceChangesNothing() {
        ScoreSheet sheet = sheet(MONDAY, good("000010"));
        WatchlistEntry stored = only(decide(List.of(), sheet)).entry();
        assertThat(decide(List.of(stored), sheet).changes()).isEmpty();
    }

    @Test
    void theNextSessionRefreshesPriceAndScore() {
        WatchlistEntry stored =
                only(decide(List.of(), sheet(MONDAY, good("000010")))).entry();
        Change change = only(decide(
                List.of(stored), sheet(TUESDAY, good("000010").close(11_000).composite(80.0))));
        assertThat(change.entry().price()).isEqualTo(11_000);
        assertThat(change.entry().addedPrice()).isEqualTo(10_000);
        assertThat(change.entry().composite()).isEqualTo(80);
        WatchlistSnapshot snapshot = change.snapshot().orElseThrow();
        assertThat(snapshot.label()).isEqualTo("daily_update");
        assertThat(snapshot.progress().changePct()).isEqualTo(10);
        assertThat(snapshot.progress().days()).isEqualTo(1);
    }

    @Test
    void theOfficialCloseTakesThePlaceOfTheProvisionalOne() {
        WatchlistEntry stored =
                only(decide(List.of(), sheet(MONDAY, good("000010")))).entry();
        Change change =
                only(decide(List.of(stored), sheet(MONDAY, good("000010").close(9_990))));
        assertThat(change.entry().addedPrice()).isEqualTo(9_990);
        assertThat(change.snapshot().orElseThrow().label()).isEqualTo("added");
    }

    @Test
    void whatBreaksACriterionIsTakenOffWithADatedReason() {
        WatchlistEntry stored =
                only(decide(List.of(), sheet(MONDAY, good("000010")))).entry();
        Change change =
                only(decide(List.of(stored), sheet(TUESDAY, good("000010").volatility(0.55))));
        assertThat(change.entry().standing()).isEqualTo(Standing.REMOVED_BY_CRITERIA);
        assertThat(change.entry().notes()).isEqualTo("2026-01-06 removed: volatility 55.0 % limit 40.0 %");
        assertThat(change.snapshot().orElseThrow().violations()).containsExactly("volatility 55.0 % limit 40.0 %");
    }

    @Test
    void whatTheCriteriaTookOffComesBackByItself() {
        WatchlistEntry removed = entry(Standing.REMOVED_BY_CRITERIA, MONDAY);
        Change change = only(decide(List.of(removed), sheet(TUESDAY, good("000010"))));
        assertThat(change.entry().active()).isTrue();
        assertThat(change.entry().added()).isEqualTo(TUESDAY);
        assertThat(change.entry().version()).isEqualTo(removed.version());
        assertThat(change.entry().notes()).endsWith("2026-01-06 meets the criteria again");
    }

    @Test
    void whatAPersonTookOffStaysOff() {
        WatchlistEntry removed = entry(Standing.REMOVED_BY_PERSON, MONDAY);
        assertThat(decide(List.of(removed), sheet(TUESDAY, good("000010"))).changes())
                .isEmpty();
    }

    @Test
    void anOlderSessionLeavesANewerEntryAlone() {
        WatchlistEntry newer = entry(Standing.ACTIVE, TUESDAY);
        assertThat(decide(List.of(newer), sheet(MONDAY, good("000010").close(1)))
                        .changes())
                .isEmpty();
    }

    @Test
    void anEntryWithoutAScoreIsNamedAndKept() {
        Decision decision = decide(
                List.of(entry(Standing.ACTIVE, MONDAY)),
                sheet(TUESDAY, good("000020").composite(10.0)));
        assertThat(decision.changes()).isEmpty();
        assertThat(decision.missing()).containsExactly("000010");
    }

    @Test
    void whatIsAddedByItselfIsTaggedSo() {
        assertThat(only(decide(List.of(), sheet(MONDAY, good("000010"))))
                        .entry()
                        .tags())
                .containsExactly("top-scored", "auto-added");
    }

    /** What puts a share on the list asks more than what takes it off: a new listing that a person chose may stay. */
    @Test
    void aShortHistoryTakesNothingOff() {
        Change change = only(decide(
                List.of(watched(10_000, Marks.NONE)),
                sheet(TUESDAY, good("000010").bars(5).averageValue(1))));
        assertThat(change.entry().active()).isTrue();
    }

    @Test
    void correctedFiguresOfTheSessionPutBackWhatTheyTookOff() {
        WatchlistEntry watched = watched(10_000, Marks.NONE);
        WatchlistEntry removed = only(decide(
                        List.of(watched), sheet(TUESDAY, good("000010").volatility(0.55))))
                .entry();
        WatchlistEntry back =
                only(decide(List.of(removed), sheet(TUESDAY, good("000010")))).entry();
        assertThat(back.standing()).isEqualTo(Standing.ACTIVE);
        assertThat(back.added()).isEqualTo(MONDAY);
        assertThat(back.notes()).isEqualTo("2026-01-05 a note");
        assertThat(back.before()).isEqualTo(watched.now());
    }

    @Test
    void aSnapshotTellsWhatTheScoresChangedBy() {
        WatchlistSnapshot snapshot = only(decide(
                        List.of(watched(10_000, Marks.NONE)),
                        sheet(TUESDAY, good("000010").composite(80.0))))
                .snapshot()
                .orElseThrow();
        assertThat(snapshot.changes().composite()).isEqualTo(8);
        assertThat(snapshot.changes().value()).isEqualTo(0);
        assertThat(snapshot.changes().growth()).as("unknown on both sessions").isNull();
    }

    @Test
    void correctingASessionKeepsWhatItIsComparedWith() {
        ScoreSheet tuesday = sheet(TUESDAY, good("000010").composite(80.0));
        WatchlistEntry first =
                only(decide(List.of(watched(10_000, Marks.NONE)), tuesday)).entry();
        Change corrected =
                only(decide(List.of(first), sheet(TUESDAY, good("000010").composite(75.0))));
        assertThat(corrected.snapshot().orElseThrow().changes().composite()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "11999, -",
                "12000, UPPER",
                "12500, UPPER",
                "9001, -",
                "9000, LOWER",
                "8000, LOWER",
            })
    void aCloseThatReachesAnAlertPriceIsTold(long close, Marks.@Nullable Edge edge) {
        Change change = only(decide(
                List.of(watched(10_000, new Marks(null, true, 12_000L, 9_000L))),
                sheet(TUESDAY, good("000010").close(close))));
        if (edge == null) {
            assertThat(change.events()).isEmpty();
            assertThat(change.entry().alerted()).isNull();
            return;
        }
        assertThat(change.entry().alerted())
                .isEqualTo(new PriceAlert(TUESDAY, edge, edge == Marks.Edge.UPPER ? 12_000 : 9_000, close));
        DomainEvent event = change.events().getFirst();
        assertThat(event.type()).isEqualTo("AlertPriceReached");
        assertThat(event.id()).isEqualTo("watchlist-DRY_RUN-default_user-000010-2026-01-06-" + edge);
        assertThat(event.detail()).containsEntry("close", Long.toString(close)).containsEntry("symbol", "000010");
    }

    @Test
    void aSwitchedOffAlertIsSilent() {
        assertThat(only(decide(
                                List.of(watched(10_000, new Marks(null, false, 12_000L, 9_000L))),
                                sheet(TUESDAY, good("000010").close(12_500))))
                        .events())
                .isEmpty();
    }

    /** Once a crossing: while the price stays beyond the mark there is silence, and it can be crossed again. */
    @Test
    void anAlertFiresOnceACrossing() {
        WatchlistEntry entry = watched(10_000, new Marks(null, true, 12_000L, null));
        List<Long> closes = List.of(12_100L, 12_900L, 11_500L, 12_000L);
        List<Integer> fired = new ArrayList<>();
        for (int i = 0; i < closes.size(); i++) {
            Change change = only(decide(
                    List.of(entry), sheet(TUESDAY.plusDays(i), good("000010").close(closes.get(i)))));
            fired.add(change.events().size());
            entry = change.entry();
        }
        assertThat(fired).containsExactly(1, 0, 0, 1);
    }

    @Test
    void anAlertFiresOnceASessionThoughItsCloseIsCorrected() {
        WatchlistEntry entry = watched(10_000, new Marks(null, true, 12_000L, null));
        WatchlistEntry first = only(decide(
                        List.of(entry), sheet(TUESDAY, good("000010").close(12_100))))
                .entry();
        Change corrected =
                only(decide(List.of(first), sheet(TUESDAY, good("000010").close(12_110))));
        assertThat(corrected.events()).isEmpty();
    }

    @Test
    void aPriceThatStoodBeyondItsMarkWhenItWasAddedFiresOnlyAfterItCameBack() {
        WatchlistEntry entry = watched(10_000, new Marks(null, true, 9_000L, null));
        assertThat(only(decide(List.of(entry), sheet(TUESDAY, good("000010").close(10_100))))
                        .events())
                .isEmpty();
    }

    /** A split in two halves the price; neither a return nor an alert may come of it. */
    @Test
    void aSplitChangesNeitherReturnNorMarks() {
        breaks = List.of(new Adjustment("000010", TUESDAY, 5_000, 10_000));
        Change change = only(decide(
                List.of(watched(10_000, new Marks(13_001L, true, 12_000L, 6_000L))),
                sheet(TUESDAY, good("000010").close(5_500))));
        WatchlistEntry entry = change.entry();
        assertThat(entry.addedPrice()).isEqualTo(10_000);
        assertThat(entry.marks()).isEqualTo(new Marks(6_501L, true, 6_000L, 3_000L));
        assertThat(entry.progress().changePct()).isEqualTo(10);
        assertThat(entry.progress().change()).isEqualTo(500);
        assertThat(entry.progress().target()).isEqualTo(6_501);
        assertThat(entry.progress().targetDistancePct()).isCloseTo(18.2, within(1e-9));
        assertThat(change.events()).isEmpty();
        assertThat(decide(List.of(entry), sheet(TUESDAY, good("000010").close(5_500)))
                        .changes())
                .as("done again")
                .isEmpty();
    }

    @Test
    void anAlertAfterASplitIsJudgedInTheNewShare() {
        breaks = List.of(new Adjustment("000010", TUESDAY, 5_000, 10_000));
        Change change = only(decide(
                List.of(watched(10_000, new Marks(null, true, 12_000L, null))),
                sheet(TUESDAY, good("000010").close(6_000))));
        assertThat(change.entry().alerted()).isEqualTo(new PriceAlert(TUESDAY, Marks.Edge.UPPER, 6_000, 6_000));
    }

    /** What a mark of older data is made of by splits stays within what can be kept. */
    @Test
    void aMarkBeyondEveryPriceStopsNoUpdate() {
        breaks = List.of(new Adjustment("000010", TUESDAY, 100_000, 10_000));
        Change change = only(decide(
                List.of(watched(10_000, new Marks(Long.MAX_VALUE, true, Long.MAX_VALUE, 9_000L))),
                sheet(TUESDAY, good("000010").close(100_000))));
        assertThat(change.entry().marks()).isEqualTo(new Marks(1_000_000_000_000L, true, 1_000_000_000_000L, 90_000L));
    }

    /** Off the list on Tuesday at 10,000, back on Wednesday beyond its mark, the share split in two between. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"5999, -", "6000, UPPER"})
    void whatWasCrossedWhileItWasOffTheListIsToldOnItsReturn(long close, Marks.@Nullable Edge edge) {
        LocalDate wednesday = TUESDAY.plusDays(1);
        breaks = List.of(new Adjustment("000010", wednesday, 5_000, 10_000));
        WatchlistEntry removed = only(decide(
                        List.of(watched(10_000, new Marks(null, true, 12_000L, 6_000L))),
                        sheet(TUESDAY, good("000010").volatility(0.55))))
                .entry();
        ScoreSheet sheet = sheet(wednesday, good("000010").close(close));
        Change back = only(decide(List.of(removed), sheet));
        assertThat(back.entry().added()).isEqualTo(wednesday);
        assertThat(back.entry().alerted())
                .isEqualTo(edge == null ? null : new PriceAlert(wednesday, edge, 6_000, close));
        assertThat(back.events()).hasSize(edge == null ? 0 : 1);
        assertThat(decide(List.of(back.entry()), sheet).changes())
                .as("done again")
                .isEmpty();
    }

    /** What stood beyond its mark when it left and still does has crossed nothing. */
    @Test
    void whatStoodBeyondItsMarkBeforeItLeftIsSilentOnItsReturn() {
        breaks = List.of(new Adjustment("000010", TUESDAY.plusDays(1), 5_000, 10_000));
        WatchlistEntry removed = only(decide(
                        List.of(watched(10_000, new Marks(null, true, 12_000L, null))),
                        sheet(TUESDAY, good("000010").close(12_000).volatility(0.55))))
                .entry();
        assertThat(removed.alerted()).isNotNull();
        assertThat(only(decide(
                                List.of(removed),
                                sheet(TUESDAY.plusDays(1), good("000010").close(6_100))))
                        .events())
                .isEmpty();
    }

    @Test
    void aReturnIsAnnualisedFromThirtyDaysOnAndCompounded() {
        assertThat(Progress.annualised(10, 29)).isNull();
        assertThat(Progress.annualised(10, 30)).isCloseTo((Math.pow(1.1, 365.0 / 30) - 1) * 100, within(1e-9));
        assertThat(Progress.annualised(10, 365)).isCloseTo(10, within(1e-9));
        assertThat(Progress.annualised(-50, 730)).isCloseTo((Math.sqrt(0.5) - 1) * 100, within(1e-9));
    }

    @Test
    void ofDatedNotesTheNewestAreKeptAndOfAPersonsAll() {
        String notes = "what I think of it";
        for (int i = 0; i < 40; i++) {
            notes = Notes.add(notes, MONDAY.plusDays(i), "removed: for a reason");
        }
        assertThat(notes.lines())
                .hasSize(31)
                .startsWith("what I think of it", MONDAY.plusDays(10) + " removed: for a reason");
    }

    private Decision decide(List<WatchlistEntry> entries, ScoreSheet sheet) {
        return new DailyUpdate(OWNER, sheet, new Breaks(breaks), AT)
                .decide(new Watchlists.Listing(entries, new TreeMap<>()), Map.of());
    }

    private static SampleScores good(String symbol) {
        return SampleScores.good(symbol);
    }

    private static WatchlistEntry entry(Standing standing, LocalDate session) {
        return entry(standing, session, 10_000, Marks.NONE);
    }

    private static WatchlistEntry watched(long price, Marks marks) {
        return entry(Standing.ACTIVE, MONDAY, price, marks);
    }

    private static WatchlistEntry entry(Standing standing, LocalDate session, long price, Marks marks) {
        Score score = good("000010").close(price).score();
        return new WatchlistEntry(
                score.symbol(),
                score.name(),
                score.market(),
                standing,
                MONDAY,
                score.close(),
                "chosen",
                List.of("mine"),
                "2026-01-05 a note",
                SaidMarks.of(marks, MONDAY),
                new Standpoint(session, score.close(), BigDecimal.ONE, ScoreFigures.of(score)),
                null,
                null,
                3);
    }

    private static ScoreSheet sheet(LocalDate session, SampleScores... scores) {
        return new ScoreSheet(
                session, "r", Arrays.stream(scores).map(SampleScores::score).toList(), List.of());
    }

    private static Change only(Decision decision) {
        assertThat(decision.changes()).hasSize(1);
        return decision.changes().getFirst();
    }
}
