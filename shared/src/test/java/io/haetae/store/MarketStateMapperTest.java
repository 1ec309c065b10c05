package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.indicator.MarketState;
import io.haetae.indicator.MarketStates.Found;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MarketStateMapperTest {

    private static final long SEED = 20_260_105;
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    private final MemoryStore store = new MemoryStore();
    private final MarketStateMapper states = new MarketStateMapper(store);
    private final Random random = new Random(SEED);
    private final Map<String, Long> closes = new HashMap<>();
    private final NavigableMap<LocalDate, String> chain = new TreeMap<>();
    private final MarketState state = new MarketState();

    @Test
    void aStateComesBackAsItWasWholeOrLeaningOnAnother() {
        for (int session = 0; session < 25; session++) {
            next(20);
            states.put(state, chain);
            assertThat(saved(new MarketStateMapper(store).newest(chain).state().orElseThrow()))
                    .as("seed %d, session %d", SEED, session)
                    .isEqualTo(saved(state));
        }
    }

    @Test
    void tenStatesAreKeptAndThoseThatTheyLeanOn() {
        for (int session = 0; session < 15; session++) {
            next(5);
            states.put(state, chain);
        }
        assertThat(heads())
                .hasSize(11)
                .startsWith(FIRST.toString(), FIRST.plusDays(5).toString());
        for (LocalDate session : chain.descendingKeySet().stream().limit(10).toList()) {
            Found found = new MarketStateMapper(store).newest(chain.headMap(session, true));
            assertThat(found.state().orElseThrow().session()).isEqualTo(session);
        }
    }

    @Test
    void onlyAStateOfTheseVeryInputsIsFound() {
        for (int session = 0; session < 3; session++) {
            next(5);
            states.put(state, chain);
        }
        NavigableMap<LocalDate, String> corrected = new TreeMap<>(chain);
        corrected.put(chain.lastKey(), "another");
        assertThat(states.newest(corrected).state().orElseThrow().session()).isEqualTo(chain.lowerKey(chain.lastKey()));
        corrected.replaceAll((_, link) -> link + "x");
        assertThat(states.newest(corrected)).isEqualTo(new Found(java.util.Optional.empty(), List.of()));
    }

    @Test
    void aDamagedStateIsLeftAsideSaidAndWrittenAnew() {
        for (int session = 0; session < 3; session++) {
            next(5);
            states.put(state, chain);
        }
        damage(chain.lastKey());
        Found found = new MarketStateMapper(store).newest(chain);
        assertThat(found.state().orElseThrow().session()).isEqualTo(chain.lowerKey(chain.lastKey()));
        assertThat(found.damaged()).singleElement().asString().contains("checksum");
        states.put(state, chain);
        assertThat(saved(new MarketStateMapper(store).newest(chain).state().orElseThrow()))
                .isEqualTo(saved(state));
    }

    @Test
    void aStateWhoseHeadIsDamagedIsLeftAsideSaidAndWrittenAnew() {
        for (int session = 0; session < 3; session++) {
            next(5);
            states.put(state, chain);
        }
        Item head = store.query(Query.all(Table.MARKET, "states/KRX")).getLast();
        store.commit(List.of(Action.put(Item.at(head.key())
                .with("revision", 7)
                .with("parts", head.whole("parts"))
                .build())));

        Found found = new MarketStateMapper(store).newest(chain);

        assertThat(found.state().orElseThrow().session()).isEqualTo(chain.lowerKey(chain.lastKey()));
        assertThat(found.damaged())
                .containsExactly("the head of the state of " + chain.lastKey() + " is not what was written");
        states.put(state, chain);
        assertThat(saved(new MarketStateMapper(store).newest(chain).state().orElseThrow()))
                .isEqualTo(saved(state));
    }

    @Test
    void withWhatItLeansOnDamagedAStateIsDamagedToo() {
        for (int session = 0; session < 3; session++) {
            next(5);
            states.put(state, chain);
        }
        damage(chain.firstKey());
        Found found = new MarketStateMapper(store).newest(chain);
        assertThat(found.state()).isEmpty();
        assertThat(found.damaged()).hasSize(3);
        assertThat(heads()).isEmpty();
    }

    @Test
    void everyBrokenByteOfTheFiguresIsNoticedOrHarmless() throws Exception {
        next(3);
        next(3);
        byte[] whole = StateCodec.encode(state, Map.of());
        for (int i = 0; i < whole.length; i++) {
            byte[] broken = whole.clone();
            broken[i] ^= (byte) (1 + random.nextInt(255));
            Reading reading = decoded(broken);
            assertThat(reading).as("seed %d, byte %d", SEED, i).isNotEqualTo(Reading.CRASHED);
        }
    }

    private enum Reading {
        READ,
        DAMAGED,
        CRASHED
    }

    /** As the mapper tells them apart. */
    private Reading decoded(byte[] bytes) {
        try {
            StateCodec.decode(chain.lastKey(), bytes, Map.of());
            return Reading.READ;
        } catch (IOException
                | DateTimeException
                | ArithmeticException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            return Reading.DAMAGED;
        } catch (RuntimeException e) {
            return Reading.CRASHED;
        }
    }

    @Test
    void aStateIsSmall() {
        int symbols = 270;
        for (int session = 0; session < 300; session++) {
            next(symbols);
        }
        states.put(state, chain);
        long whole = bytes(chain.lastKey());
        long leaning = 0;
        for (int session = 1; session < 10; session++) {
            next(symbols);
            states.put(state, chain);
            leaning += bytes(chain.lastKey());
        }
        System.out.printf(
                "state after 300 sessions: %,d bytes a symbol, %,d leaning on another, %,d on the mean%n",
                whole / symbols, leaning / 9 / symbols, (whole + leaning) / 10 / symbols);
        assertThat(whole / symbols).isLessThan(1_450);
        assertThat((whole + leaning) / 10 / symbols).isLessThan(400);
    }

    private static List<String> saved(MarketState state) {
        List<String> text = new ArrayList<>();
        text.add(state.session() + " " + state.sessions());
        for (MarketState.Kept kept : state.save()) {
            text.add("%s %d %d %d %s %s"
                    .formatted(
                            kept.symbol(),
                            kept.row(),
                            kept.close(),
                            kept.seen(),
                            kept.lastBar(),
                            java.util.Arrays.deepToString(kept.indicators())));
        }
        return text;
    }

    private List<String> heads() {
        return store.query(Query.all(Table.MARKET, "states/KRX")).stream()
                .map(head -> head.key().sort())
                .toList();
    }

    private List<Item> parts(LocalDate session) {
        return store.query(Query.all(Table.MARKET, "states/KRX/" + session));
    }

    private long bytes(LocalDate session) {
        return parts(session).stream()
                .mapToLong(part -> part.bytes("bytes").length)
                .sum();
    }

    private void damage(LocalDate session) {
        Item part = parts(session).getFirst();
        byte[] bytes = part.bytes("bytes").clone();
        bytes[bytes.length / 2] ^= 1;
        assertThat(store.commit(List.of(
                        Action.put(Item.at(part.key()).with("bytes", bytes).build()))))
                .isInstanceOf(Outcome.Committed.class);
    }

    /** One session more: ordinary trade on the grid of ticks, seldom a halt, seldom a change of the share. */
    private void next(int symbols) {
        LocalDate session = FIRST.plusDays(chain.size());
        List<DailyRow> rows = new ArrayList<>(symbols);
        for (int i = 0; i < symbols; i++) {
            String symbol = "%06d".formatted(i);
            rows.add(row(symbol, closes.getOrDefault(symbol, 1_000L + i * 37L % 90_000)));
            closes.put(symbol, rows.getLast().close());
        }
        chain.put(session, "link" + session);
        state.next(new MarketDay(session, PriceSource.OFFICIAL, "r", rows), 2_500 + random.nextInt(10_000) / 100.0);
    }

    private DailyRow row(String symbol, long before) {
        long base = random.nextInt(2_000) == 0 ? Math.max(1, before * 9 / 10) : before;
        if (random.nextInt(500) == 0) {
            return new DailyRow(symbol, symbol, KrxMarket.KOSPI, 0, 0, 0, base, 0, 0, 0, 0);
        }
        long tick = base < 2_000 ? 1 : base < 20_000 ? 10 : 100;
        long close = Math.max(tick, Math.round(base * (1 + 0.025 * random.nextGaussian()) / tick) * tick);
        long low = Math.max(1, Math.min(base, close) - random.nextInt(4) * tick);
        long high = Math.max(base, close) + random.nextInt(4) * tick;
        long volume = 1 + (long) (100_000 * Math.exp(random.nextGaussian()));
        return new DailyRow(
                symbol,
                symbol,
                KrxMarket.KOSPI,
                base,
                high,
                low,
                close,
                close - base,
                volume,
                (high + low + close) / 3 * volume,
                0);
    }
}
