package io.haetae.watchlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.score.SampleScores;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.watchlist.DailyUpdate.Decision;
import io.haetae.watchlist.WatchlistEntry.Standing;
import io.haetae.watchlist.Watchlists.Change;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DailyUpdateTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
    private static final LocalDate TUESDAY = LocalDate.of(2026, 1, 6);

    private final DailyUpdate update = new DailyUpdate();

    @Test
    void aTopScoreIsAddedWithItsReason() {
        Change change = only(update.decide(List.of(), sheet(MONDAY, good("000010"))));
        assertThat(change.entry().standing()).isEqualTo(Standing.ACTIVE);
        assertThat(change.entry().added()).isEqualTo(MONDAY);
        assertThat(change.entry().reason())
                .isEqualTo("strong overall score 72.0; strong value 80.0; stable 75.0; PBR below book value 0.8;"
                        + " high ROE 21.0");
        assertThat(change.snapshot().orElseThrow().label()).isEqualTo("added");
    }

    @Test
    void sixtyIsEnoughAndBelowIsNot() {
        assertThat(update.decide(List.of(), sheet(MONDAY, good("000010").composite(60.0)))
                        .changes())
                .hasSize(1);
        assertThat(update.decide(List.of(), sheet(MONDAY, good("000010").composite(59.99)))
                        .changes())
                .isEmpty();
    }

    @Test
    void onlyTheFiftyBestAreAdded() {
        List<SampleScores> market = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            market.add(good("%06d".formatted(i)).composite(60.0 + i / 10.0));
        }
        Decision decision = update.decide(List.of(), sheet(MONDAY, market.toArray(SampleScores[]::new)));
        assertThat(decision.changes())
                .hasSize(50)
                .extracting(change -> change.entry().symbol())
                .contains("000059", "000010")
                .doesNotContain("000009");
    }

    @Test
    void doingItTwiceChangesNothing() {
        ScoreSheet sheet = sheet(MONDAY, good("000010"));
        WatchlistEntry stored = only(update.decide(List.of(), sheet)).entry();
        assertThat(update.decide(List.of(stored), sheet).changes()).isEmpty();
    }

    @Test
    void theNextSessionRefreshesPriceAndScore() {
        WatchlistEntry stored =
                only(update.decide(List.of(), sheet(MONDAY, good("000010")))).entry();
        Change change = only(update.decide(
                List.of(stored), sheet(TUESDAY, good("000010").close(11_000).composite(80.0))));
        assertThat(change.entry().price()).isEqualTo(11_000);
        assertThat(change.entry().addedPrice()).isEqualTo(10_000);
        assertThat(change.entry().composite()).isEqualTo(80);
        WatchlistSnapshot snapshot = change.snapshot().orElseThrow();
        assertThat(snapshot.label()).isEqualTo("daily_update");
        assertThat(snapshot.changePct()).isEqualTo(10);
        assertThat(snapshot.days()).isEqualTo(1);
    }

    @Test
    void theOfficialCloseTakesThePlaceOfTheProvisionalOne() {
        WatchlistEntry stored =
                only(update.decide(List.of(), sheet(MONDAY, good("000010")))).entry();
        Change change =
                only(update.decide(List.of(stored), sheet(MONDAY, good("000010").close(9_990))));
        assertThat(change.entry().addedPrice()).isEqualTo(9_990);
        assertThat(change.snapshot().orElseThrow().label()).isEqualTo("added");
    }

    @Test
    void whatBreaksACriterionIsTakenOffWithADatedReason() {
        WatchlistEntry stored =
                only(update.decide(List.of(), sheet(MONDAY, good("000010")))).entry();
        Change change = only(
                update.decide(List.of(stored), sheet(TUESDAY, good("000010").volatility(0.55))));
        assertThat(change.entry().standing()).isEqualTo(Standing.REMOVED_BY_CRITERIA);
        assertThat(change.entry().notes()).isEqualTo("2026-01-06 removed: volatility 55.0 % limit 40.0 %");
        assertThat(change.snapshot().orElseThrow().violations()).containsExactly("volatility 55.0 % limit 40.0 %");
    }

    @Test
    void whatTheCriteriaTookOffComesBackByItself() {
        WatchlistEntry removed = entry(Standing.REMOVED_BY_CRITERIA, MONDAY);
        Change change = only(update.decide(List.of(removed), sheet(TUESDAY, good("000010"))));
        assertThat(change.entry().active()).isTrue();
        assertThat(change.entry().added()).isEqualTo(TUESDAY);
        assertThat(change.entry().version()).isEqualTo(removed.version());
        assertThat(change.entry().notes()).endsWith("2026-01-06 meets the criteria again");
    }

    @Test
    void whatAPersonTookOffStaysOff() {
        WatchlistEntry removed = entry(Standing.REMOVED_BY_PERSON, MONDAY);
        assertThat(update.decide(List.of(removed), sheet(TUESDAY, good("000010")))
                        .changes())
                .isEmpty();
    }

    @Test
    void anOlderSessionLeavesANewerEntryAlone() {
        WatchlistEntry newer = entry(Standing.ACTIVE, TUESDAY);
        assertThat(update.decide(List.of(newer), sheet(MONDAY, good("000010").close(1)))
                        .changes())
                .isEmpty();
    }

    @Test
    void anEntryWithoutAScoreIsNamedAndKept() {
        Decision decision = update.decide(
                List.of(entry(Standing.ACTIVE, MONDAY)),
                sheet(TUESDAY, good("000020").composite(10.0)));
        assertThat(decision.changes()).isEmpty();
        assertThat(decision.missing()).containsExactly("000010");
    }

    private static SampleScores good(String symbol) {
        return SampleScores.good(symbol);
    }

    private static WatchlistEntry entry(Standing standing, LocalDate session) {
        Score score = good("000010").score();
        return new WatchlistEntry(
                score.symbol(),
                score.name(),
                score.market(),
                standing,
                MONDAY,
                score.close(),
                "chosen",
                "2026-01-05 a note",
                session,
                score.close(),
                score.composite(),
                score.percentile(),
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
