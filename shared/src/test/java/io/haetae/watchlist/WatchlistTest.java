package io.haetae.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.haetae.market.Adjustment;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.portfolio.Mode;
import io.haetae.score.SampleScores;
import io.haetae.score.ScoreSheet;
import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outbox;
import io.haetae.store.SymbolRegisterMapper;
import io.haetae.store.WatchlistMapper;
import io.haetae.watchlist.Edit.Part;
import io.haetae.watchlist.Watchlist.Addition;
import io.haetae.watchlist.WatchlistEntry.Standing;
import io.haetae.watchlist.Watchlists.Owner;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatchlistTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
    private static final LocalDate TUESDAY = LocalDate.of(2026, 1, 6);
    private static final LocalDate WEDNESDAY = LocalDate.of(2026, 1, 7);
    private static final LocalDate THURSDAY = LocalDate.of(2026, 1, 8);
    private static final Owner OWNER = new Owner(Mode.DRY_RUN, "default_user");
    private static final Instant AT = Instant.parse("2026-01-06T09:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final MarketDataMapper market = new MarketDataMapper(store);
    private final WatchlistMapper watchlists = new WatchlistMapper(store);
    private final SymbolRegisterMapper symbols = new SymbolRegisterMapper(store);
    private final Watchlist list = new Watchlist(watchlists, market, symbols, OWNER);

    @Test
    void aWishIsAddedWithItsMarksAndAReasonOfItsScores() {
        Addition.Added added = (Addition.Added) add(
                new Wish("000010", new Marks(12_000L, true, 11_000L, null), Optional.empty(), List.of("mine"), "look"),
                sheet(MONDAY, SampleScores.good("000010")));
        WatchlistEntry entry = list.listing().entries().getFirst();
        assertThat(entry.reason()).startsWith("strong overall score 72.0");
        assertThat(entry.tags()).containsExactly("mine");
        assertThat(entry.notes()).isEqualTo("look");
        assertThat(entry.progress().target()).isEqualTo(12_000);
        assertThat(entry.progress().targetDistancePct()).isEqualTo(20);
        assertThat(entry.composite()).isEqualTo(72);
        assertThat(added.violations()).isEmpty();
        assertThat(history())
                .singleElement()
                .extracting(WatchlistSnapshot::label)
                .isEqualTo("added");
    }

    @Test
    void aGivenReasonIsKept() {
        add(wish("a person's own"), sheet(MONDAY, SampleScores.good("000010")));
        assertThat(list.listing().entries().getFirst().reason()).isEqualTo("a person's own");
    }

    @Test
    void whatIsWatchedAlreadyIsGivenBackAsItIs() {
        add(wish("first"), sheet(MONDAY, SampleScores.good("000010")));
        Addition again = add(wish("second"), sheet(TUESDAY, SampleScores.good("000010")));
        assertThat(again).isInstanceOf(Addition.AlreadyThere.class);
        assertThat(again.entry().reason()).isEqualTo("first");
        assertThat(list.listing().entries()).containsExactly(again.entry());
    }

    @Test
    void anUnknownSymbolIsNotAdded() {
        assertThat(list.add(wish("why"), sheet(MONDAY, SampleScores.good("000020")), AT))
                .isEmpty();
        assertThat(list.listing().entries()).isEmpty();
    }

    @Test
    void whatWillBeTakenOffAgainSaysSo() {
        Addition.Added added = (Addition.Added)
                add(wish("why"), sheet(MONDAY, SampleScores.good("000010").per(60.0)));
        assertThat(added.violations()).containsExactly("per 60.00 limit 50.00");
    }

    @Test
    void aSnapshotHoldsWhatTheSessionTold() {
        add(wish("why"), sheet(MONDAY, SampleScores.good("000010")));
        assertThat(history().getFirst().facts())
                .isEqualTo(
                        new Facts(600_000L, 6_000_000_000L, 0.25, 1.1, 12.0, 0.8, 21.0, 40.0, null, 55.0, 30.0, 12.0));
    }

    @Test
    void aSoftRemovalKeepsHistoryAndOnlyAPersonEndsIt() {
        add(wish("why"), sheet(MONDAY, SampleScores.good("000010")));
        assertThat(list.remove("000010", TUESDAY)).isPresent();
        assertThat(list.remove("000010", TUESDAY)).as("not there any more").isEmpty();
        list.update(() -> sheet(TUESDAY, SampleScores.good("000010")), AT);
        WatchlistEntry entry = list.listing().entries().getFirst();
        assertThat(entry.standing()).isEqualTo(Standing.REMOVED_BY_PERSON);
        assertThat(entry.lastNote()).isEqualTo("2026-01-06 removed by a person");
        assertThat(history()).hasSize(1);

        add(wish("again"), sheet(TUESDAY, SampleScores.good("000010").close(11_000)));
        WatchlistEntry back = list.listing().entries().getFirst();
        assertThat(back.active()).isTrue();
        assertThat(back.addedPrice()).isEqualTo(11_000);
        assertThat(back.notes()).isEqualTo("2026-01-06 removed by a person\n2026-01-06 added again");
    }

    @Test
    void anEditChangesWhatItNamesAndNothingElse() {
        add(
                new Wish(
                        "000010",
                        new Marks(12_000L, true, 11_000L, 9_000L),
                        Optional.of("why"),
                        List.of("mine"),
                        "look"),
                sheet(MONDAY, SampleScores.good("000010")));
        WatchlistEntry before = list.listing().entries().getFirst();

        assertThat(edit(new Marks(13_000L, true, null, null), Part.TARGET, Part.LOWER))
                .isPresent();
        Wish words = new Wish("000010", Marks.NONE, Optional.of("because"), List.of("other", "tag"), "seen");
        assertThat(list.edit(new Edit(words, EnumSet.of(Part.REASON, Part.TAGS, Part.NOTES)), MONDAY))
                .isPresent();

        WatchlistEntry entry = list.listing().entries().getFirst();
        assertThat(entry.marks()).isEqualTo(new Marks(13_000L, true, 11_000L, null));
        assertThat(entry.reason()).isEqualTo("because");
        assertThat(entry.tags()).containsExactly("other", "tag");
        assertThat(entry.notes()).isEqualTo("seen");
        assertThat(entry.now()).isEqualTo(before.now());
        assertThat(entry.added()).isEqualTo(before.added());
        assertThat(history()).as("a session's snapshot stays").hasSize(1);

        assertThat(edit(new Marks(null, false, null, null), Part.ALERTS)).isPresent();
        assertThat(list.listing().entries().getFirst().marks()).isEqualTo(new Marks(13_000L, false, 11_000L, null));
    }

    @Test
    void anEditThatMakesNoSenseChangesNothing() {
        add(
                new Wish("000010", new Marks(null, true, 11_000L, 9_000L), Optional.of("why"), List.of(), ""),
                sheet(MONDAY, SampleScores.good("000010")));
        List<WatchlistEntry> before = list.listing().entries();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> edit(new Marks(null, true, 9_000L, null), Part.UPPER))
                .withMessage("a lower alert price of 9000 is not below the upper one of 9000");
        assertThatIllegalArgumentException().isThrownBy(() -> new Edit(wish("why"), Set.of()));
        Wish silent = new Wish("000010", Marks.NONE, Optional.empty(), List.of(), "");
        assertThatIllegalArgumentException().isThrownBy(() -> new Edit(silent, Set.of(Part.REASON)));

        assertThat(list.listing().entries()).isEqualTo(before);
    }

    @Test
    void onlyWhatIsOnTheListIsEdited() {
        assertThat(edit(Marks.NONE, Part.TARGET)).isEmpty();
        add(wish("why"), sheet(MONDAY, SampleScores.good("000010")));
        assertThat(list.remove("000010", MONDAY)).isPresent();
        assertThat(edit(Marks.NONE, Part.TARGET)).isEmpty();
        assertThat(list.listing().entries().getFirst().active()).isFalse();
    }

    @Test
    void otherNotesTakeThePlaceOfAPersonsAndLeaveWhatHappened() {
        String notes = "2026-01-02 bought\n2026-01-05 removed by a person\n2026-01-05 added again\nagain";

        assertThat(Notes.replaced(notes, "new"))
                .isEqualTo("new\n2026-01-05 removed by a person\n2026-01-05 added again");
        assertThat(Notes.replaced(notes, "")).isEqualTo("2026-01-05 removed by a person\n2026-01-05 added again");
        assertThat(Notes.replaced("", "")).isEmpty();
    }

    /** Ten shares become one on Tuesday, and that one two on Wednesday; what is said between counts in Tuesday's share. */
    @Test
    void whatIsSaidAfterASplitCountsInTheNewShare() {
        add(
                new Wish("000010", new Marks(null, true, 1_205L, null), Optional.of("why"), List.of(), ""),
                sheet(MONDAY, SampleScores.good("000010").close(1_000)));
        market.putAdjustments(TUESDAY, List.of(new Adjustment("000010", TUESDAY, 10_000, 1_000)));
        list.update(() -> sheet(TUESDAY, SampleScores.good("000010").close(10_500)), AT);

        assertThat(list.edit(target(12_345), TUESDAY)).isPresent();
        assertThat(list.listing().entries().getFirst().marks()).isEqualTo(new Marks(12_345L, true, 12_050L, null));

        LocalDate wednesday = TUESDAY.plusDays(1);
        market.putAdjustments(wednesday, List.of(new Adjustment("000010", wednesday, 5_000, 10_000)));
        list.update(() -> sheet(wednesday, SampleScores.good("000010").close(6_100)), AT);
        WatchlistEntry entry = list.listing().entries().getFirst();
        assertThat(entry.marks()).isEqualTo(new Marks(6_173L, true, 6_025L, null));
        assertThat(entry.alerted()).isEqualTo(new PriceAlert(wednesday, Marks.Edge.UPPER, 6_025, 6_100));
    }

    /** A list that nobody has updated yet stands before the split; the person has the newest prices before him. */
    @Test
    void whatIsSaidBeforeTheListIsUpToDateCountsInTheNewestShare() {
        add(
                new Wish("000010", new Marks(20_000L, true, null, 8_000L), Optional.of("why"), List.of(), ""),
                sheet(MONDAY, SampleScores.good("000010")));
        market.putAdjustments(TUESDAY, List.of(new Adjustment("000010", TUESDAY, 1_000, 10_000)));

        assertThat(list.edit(target(1_300), TUESDAY)).isPresent();
        assertThat(list.listing().entries().getFirst().marks()).isEqualTo(new Marks(13_000L, true, null, 8_000L));
        list.update(() -> sheet(TUESDAY, SampleScores.good("000010").close(1_100)), AT);

        assertThat(list.listing().entries().getFirst().marks()).isEqualTo(new Marks(1_300L, true, null, 800L));
    }

    @Test
    void aCorrectedSplitLeavesWhatWasSaidAfterItAsItIs() {
        add(wish("why"), sheet(MONDAY, SampleScores.good("000010")));
        market.putAdjustments(TUESDAY, List.of(new Adjustment("000010", TUESDAY, 1_000, 10_000)));
        ScoreSheet tuesday = sheet(TUESDAY, SampleScores.good("000010").close(1_100));
        list.update(() -> tuesday, AT);
        assertThat(list.edit(target(1_300), TUESDAY)).isPresent();

        market.putAdjustments(TUESDAY, List.of(new Adjustment("000010", TUESDAY, 1_010, 10_000)));
        list.update(() -> tuesday, AT);

        assertThat(list.listing().entries().getFirst().progress().changePct()).isCloseTo(8.910891, within(1e-6));
        assertThat(list.listing().entries().getFirst().progress().target()).isEqualTo(1_300);
    }

    /** Said on the evening of Tuesday's provisional close of 10,000, which the official rows then correct. */
    @ParameterizedTest
    @CsvSource({
        // set upper, Tuesday's official close, alerts of Tuesday; Wednesday's, Thursday's close and their alerts
        "9500, 10010, 0, 10100, 0, 10200, 0",
        "9500, 10010, 0, 9400, 0, 9600, 1",
        "9500, 9400, 0, 9600, 1, 9700, 0",
        "10005, 10010, 1, 10100, 0, 10200, 0",
        "11000, 10010, 0, 11100, 1, 11200, 0",
    })
    void aMarkThatTheCloseStandsBeyondIsToldWhenAnotherSessionsCloseComesBackToIt(
            long upper, long official, int onTuesday, long wednesday, int onWednesday, long thursday, int onThursday) {
        add(wish("why"), close(MONDAY, 9_000));
        list.update(() -> close(TUESDAY, 10_000), AT);
        Marks marks = new Marks(null, true, upper, null);
        assertThat(list.edit(edit(marks), TUESDAY)).isPresent();

        assertThat(list.update(() -> close(TUESDAY, 10_000), AT).alerts()).isEmpty();
        for (int time = 1; time <= 2; time++) {
            assertThat(list.update(() -> close(TUESDAY, official), AT).alerts()).hasSize(onTuesday);
        }
        assertThat(list.update(() -> close(WEDNESDAY, wednesday), AT).alerts()).hasSize(onWednesday);
        assertThat(list.update(() -> close(THURSDAY, thursday), AT).alerts()).hasSize(onThursday);
        assertThat(new Outbox(store).pending()).hasSize(onTuesday + onWednesday + onThursday);
    }

    /** The split is Wednesday's, which is scored and of which the person speaks; the list is still Tuesday's. */
    @Test
    void anOlderSessionDoneAgainLeavesWhatWasSaidOfANewerShare() {
        add(wish("why"), close(MONDAY, 10_000));
        list.update(() -> close(TUESDAY, 10_000), AT);
        market.putAdjustments(WEDNESDAY, List.of(new Adjustment("000010", WEDNESDAY, 5_000, 10_000)));
        assertThat(list.edit(edit(new Marks(null, true, 6_000L, 4_000L)), WEDNESDAY))
                .isPresent();

        Watchlist.Update again = list.update(() -> close(TUESDAY, 10_010), AT);

        assertThat(again.entries().getFirst().marks()).isEqualTo(new Marks(null, true, 12_000L, 8_000L));
        assertThat(again.alerts()).isEmpty();
        assertThat(list.update(() -> close(WEDNESDAY, 6_100), AT).alerts())
                .extracting(WatchlistEntry::alerted)
                .containsExactly(new PriceAlert(WEDNESDAY, Marks.Edge.UPPER, 6_000, 6_100));
    }

    @Test
    void erasingLeavesNothing() {
        add(wish("why"), sheet(MONDAY, SampleScores.good("000010")));
        assertThat(list.erase("000010")).isTrue();
        assertThat(list.listing().entries()).isEmpty();
        assertThat(history()).isEmpty();
        assertThat(list.erase("000010")).isFalse();
    }

    @Test
    void cleaningTakesOffWhatBreaksACriterionAndNothingElse() {
        add(wish("why"), sheet(MONDAY, SampleScores.good("000010")));
        assertThat(list.clean(sheet(TUESDAY, SampleScores.good("000010")))).isEmpty();
        List<WatchlistEntry> removed =
                list.clean(sheet(TUESDAY, SampleScores.good("000010").debtRatio(250.0)));
        assertThat(removed).singleElement().satisfies(entry -> {
            assertThat(entry.standing()).isEqualTo(Standing.REMOVED_BY_CRITERIA);
            assertThat(entry.lastNote()).isEqualTo("2026-01-06 removed: debt_ratio 250.0 % limit 200.0 %");
            assertThat(entry.session()).isEqualTo(MONDAY);
        });
        assertThat(history()).hasSize(1);
    }

    @Test
    void anUpdateTellsItsAlertsAndRemovalsAndAsOftenAsItIsAsked() {
        add(
                new Wish("000010", new Marks(null, true, 11_000L, null), Optional.of("why"), List.of(), ""),
                sheet(MONDAY, SampleScores.good("000010").composite(50.0)));
        ScoreSheet tuesday =
                sheet(TUESDAY, SampleScores.good("000010").composite(50.0).close(11_500));
        for (int time = 1; time <= 2; time++) {
            Watchlist.Update update = list.update(() -> tuesday, AT.plusSeconds(time));
            assertThat(update.told())
                    .containsExactly("alert: 000010 Name of 000010 close 11500 reached the upper alert price 11000");
        }
        assertThat(new Outbox(store).pending()).hasSize(1);
        assertThat(history()).extracting(WatchlistSnapshot::label).containsExactly("added", "daily_update");

        Watchlist.Update removing = list.update(
                () -> sheet(TUESDAY.plusDays(1), SampleScores.good("000010").per(70.0)), AT);
        assertThat(removing.told()).containsExactly("000010 Name of 000010: 2026-01-07 removed: per 70.00 limit 50.00");
        assertThat(removing.alerts()).isEmpty();
    }

    /** A list is saved in several transactions, and the process may die between them. */
    @Test
    void anUpdateThatDiedHalfWayIsToldWhole() {
        ScoreSheet monday = sheet(MONDAY, SampleScores.good("000010"), SampleScores.good("000020"));
        list.update(() -> monday, AT);
        ScoreSheet tuesday = sheet(
                TUESDAY,
                SampleScores.good("000010").per(70.0),
                SampleScores.good("000020").per(80.0),
                SampleScores.good("000030"),
                SampleScores.good("000040"));
        List<Watchlists.Change> changes = new DailyUpdate(OWNER, tuesday, Breaks.NONE, AT)
                .decide(list.listing(), Map.of())
                .changes();
        assertThat(watchlists.save(OWNER, List.of(changes.getFirst(), changes.getLast())))
                .isEmpty();

        Watchlist.Update update = list.update(() -> tuesday, AT);

        assertThat(changes).hasSize(4);
        assertThat(update.added()).containsExactly("000030", "000040");
        assertThat(update.removed()).extracting(WatchlistEntry::symbol).containsExactly("000010", "000020");
    }

    @Test
    void breaksStoredWithTheMarketsRowsAreLookedAt() {
        add(wish("why"), sheet(MONDAY, SampleScores.good("000010")));
        market.putAdjustments(TUESDAY, List.of(new Adjustment("000010", TUESDAY, 1_000, 10_000)));
        list.update(() -> sheet(TUESDAY, SampleScores.good("000010").close(1_100)), AT);
        assertThat(list.listing().entries().getFirst().progress().changePct()).isEqualTo(10);
    }

    @Test
    void aListIsSummedUp() {
        ScoreSheet monday = sheet(MONDAY, SampleScores.good("000010"), SampleScores.good("000020"));
        add(wish("why"), monday);
        add(new Wish("000020", Marks.NONE, Optional.empty(), List.of(), ""), monday);
        list.update(
                () -> sheet(
                        TUESDAY,
                        SampleScores.good("000010").close(11_000),
                        SampleScores.good("000020").close(9_500).composite(null)),
                AT);
        Performance performance = Performance.of(list.listing().entries());
        assertThat(performance.average()).hasValue(2.5);
        assertThat(performance.best().orElseThrow().symbol()).isEqualTo("000010");
        assertThat(performance.worst().orElseThrow().symbol()).isEqualTo("000020");
        assertThat(performance.score()).hasValue(72);
        assertThat(performance.positive()).isEqualTo(1);
        assertThat(performance.negative()).isEqualTo(1);
        assertThat(Performance.of(List.of()).average()).isEmpty();
    }

    @Test
    void marksThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Marks(0L, true, null, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Marks(null, true, 10_000L, 10_000L))
                .withMessageContaining("not below the upper one");
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000_000_001L, Long.MAX_VALUE})
    void aPriceBeyondEverySharesIsNoWish(long price) {
        for (Marks marks : List.of(
                new Marks(price, true, null, null),
                new Marks(null, true, price, null),
                new Marks(null, true, null, price))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Wish("000010", marks, Optional.empty(), List.of(), ""))
                    .withMessageEndingWith(" of %d: at most 1000000000000 won is kept", price);
        }
        Marks greatest = new Marks(1_000_000_000_000L, true, null, null);
        assertThat(new Wish("000010", greatest, Optional.empty(), List.of(), "").marks())
                .isEqualTo(greatest);
    }

    /** The official scores come, and update the list, while an update by the provisional ones is under way. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUpdateThatIsOvertakenPutsNoOlderFiguresBack(boolean readBefore) {
        add(wish("why"), sheet(MONDAY, SampleScores.good("000010")));
        ScoreSheet official = sheet(TUESDAY, SampleScores.good("000010").close(11_000));
        AtomicReference<ScoreSheet> inForce =
                new AtomicReference<>(sheet(TUESDAY, SampleScores.good("000010").close(10_500)));
        AtomicBoolean overtaken = new AtomicBoolean();
        Supplier<ScoreSheet> asked = () -> {
            ScoreSheet before = inForce.get();
            if (overtaken.compareAndSet(false, true)) {
                inForce.set(official);
                assertThat(list.update(inForce::get, AT).entries())
                        .extracting(WatchlistEntry::price)
                        .containsExactly(11_000L);
            }
            return readBefore ? before : inForce.get();
        };

        Watchlist.Update update = list.update(asked, AT);

        assertThat(update.entries()).extracting(WatchlistEntry::price).containsExactly(11_000L);
        assertThat(history()).extracting(WatchlistSnapshot::price).containsExactly(10_000L, 11_000L);
    }

    @Test
    void whatCannotBeReckonedForOneShareStopsNoneOfTheOthers() {
        add(wish("why"), sheet(MONDAY, SampleScores.good("000010")));
        add(
                new Wish("000020", new Marks(9_000L, true, null, null), Optional.empty(), List.of(), ""),
                sheet(MONDAY, SampleScores.good("000020")));
        Watchlist.Update update = list.update(
                () -> sheet(
                        TUESDAY,
                        SampleScores.good("000010").close(11_000),
                        SampleScores.good("000020").close(0)),
                AT);
        assertThat(update.entries()).extracting(WatchlistEntry::price).containsExactly(11_000L, 10_000L);
        assertThat(update.warnings()).contains("left as it was: 000020: a price of 0 has no change in per cent");
    }

    /** It is neither read for something else nor taken for absent, though its share is among the best. */
    @Test
    void aBrokenEntryStaysAsItIsAndTheOthersGoOn() {
        add(wish("why"), sheet(MONDAY, SampleScores.good("000010")));
        add(
                new Wish("000020", Marks.NONE, Optional.empty(), List.of(), ""),
                sheet(MONDAY, SampleScores.good("000020")));
        Item broken = Item.at(Key.state("watchlist/DRY_RUN/default_user", "entry/000010"))
                .with("version", 1)
                .build();
        store.commit(List.of(Action.put(broken)));

        Watchlist.Update update = list.update(
                () -> sheet(
                        TUESDAY,
                        SampleScores.good("000010").close(11_000),
                        SampleScores.good("000020").close(11_000)),
                AT);

        assertThat(update.entries()).extracting(WatchlistEntry::price).containsExactly(11_000L);
        assertThat(update.warnings())
                .anyMatch(warning -> warning.startsWith("000010 cannot be read and is left as it is"));
        assertThat(store.get(broken.key()).orElseThrow().attributes()).isEqualTo(broken.attributes());
    }

    @Test
    void aShareThatLeftTheMarketIsTakenOffWithTheDateAndKeepsItsHistory() {
        watchedTogether();
        day(TUESDAY, "000020");
        day(WEDNESDAY, "000020");
        day(THURSDAY, "000020");

        Watchlist.Update update = list.update(() -> sheet(THURSDAY, SampleScores.good("000020")), AT);

        assertThat(update.told())
                .containsExactly("000010 Name of 000010: 2026-01-08 removed: delisted since 2026-01-06");
        assertThat(update.missing()).isEmpty();
        assertThat(update.entries().getFirst().standing()).isEqualTo(Standing.REMOVED_BY_CRITERIA);
        assertThat(history()).hasSize(1);
        Watchlist.Update again = list.update(() -> sheet(THURSDAY, SampleScores.good("000020")), AT);
        assertThat(again.entries()).isEqualTo(update.entries());
        assertThat(again.removed()).as("told as often as it is asked").isEqualTo(update.removed());
    }

    @Test
    void aShareThatMissesASessionOrTwoStaysAndIsTold() {
        watchedTogether();
        day(TUESDAY, "000020");
        day(WEDNESDAY, "000020");

        Watchlist.Update update = list.update(() -> sheet(WEDNESDAY, SampleScores.good("000020")), AT);

        assertThat(update.entries().getFirst().active()).isTrue();
        assertThat(update.warnings()).contains("on the list but not in the market's rows: 000010");
    }

    /** A machine that was off for days knows of one session without the share, whatever the calendar counts. */
    @Test
    void sessionsThatAreNotStoredDelistNobody() {
        watchedTogether();
        day(THURSDAY, "000020");

        Watchlist.Update update = list.update(() -> sheet(THURSDAY, SampleScores.good("000020")), AT);

        assertThat(update.missing()).containsExactly("000010");
        assertThat(update.entries().getFirst().active()).isTrue();
    }

    @Test
    void whomTheBaseInformationStillNamesIsNotDelisted() {
        watchedTogether();
        day(TUESDAY, "000020");
        day(WEDNESDAY, "000020");
        day(THURSDAY, "000020");
        symbols.update(register -> register.told(
                THURSDAY,
                List.of(new ListedShare(
                        "000010",
                        "KR7000010009",
                        KrxMarket.KOSPI,
                        "name",
                        "name",
                        "NAME",
                        MONDAY,
                        "",
                        "",
                        "",
                        null,
                        9))));

        assertThat(list.update(() -> sheet(THURSDAY, SampleScores.good("000020")), AT)
                        .missing())
                .containsExactly("000010");
    }

    private void watchedTogether() {
        day(MONDAY, "000010", "000020");
        add(wish("why"), sheet(MONDAY, SampleScores.good("000010")));
        add(
                new Wish("000020", Marks.NONE, Optional.empty(), List.of(), ""),
                sheet(MONDAY, SampleScores.good("000020")));
    }

    /** The official rows of a session, stored and in the register. */
    private void day(LocalDate session, String... listed) {
        List<DailyRow> rows = Arrays.stream(listed)
                .map(symbol -> new DailyRow(symbol, "Name of " + symbol, KrxMarket.KOSPI, 1, 1, 1, 10_000, 0, 1, 1, 1))
                .toList();
        market.put(MarketDay.of(session, PriceSource.OFFICIAL, rows), rows.size(), true, AT);
        symbols.update(register -> register.seen(session, rows));
    }

    private Addition add(Wish wish, ScoreSheet figures) {
        return list.add(wish, figures, AT).orElseThrow();
    }

    private Optional<WatchlistEntry> edit(Marks marks, Part first, Part... others) {
        return list.edit(
                new Edit(new Wish("000010", marks, Optional.empty(), List.of(), ""), EnumSet.of(first, others)),
                MONDAY);
    }

    private static Edit edit(Marks alerts) {
        return new Edit(
                new Wish("000010", alerts, Optional.empty(), List.of(), ""), EnumSet.of(Part.UPPER, Part.LOWER));
    }

    private static ScoreSheet close(LocalDate session, long close) {
        return sheet(session, SampleScores.good("000010").close(close));
    }

    private static Edit target(long price) {
        Marks marks = new Marks(price, true, null, null);
        return new Edit(new Wish("000010", marks, Optional.empty(), List.of(), ""), Set.of(Part.TARGET));
    }

    private List<WatchlistSnapshot> history() {
        return list.history("000010", LocalDate.EPOCH);
    }

    private static Wish wish(String reason) {
        return new Wish("000010", Marks.NONE, Optional.of(reason), List.of(), "");
    }

    private static ScoreSheet sheet(LocalDate session, SampleScores... scores) {
        return new ScoreSheet(
                session, "r", Arrays.stream(scores).map(SampleScores::score).toList(), List.of());
    }
}
