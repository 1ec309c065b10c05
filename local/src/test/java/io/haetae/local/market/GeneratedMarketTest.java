package io.haetae.local.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedMarketTest {

    private static final GeneratedMarket MARKET = new GeneratedMarket(7);

    private static List<DailyRow> rows(GeneratedMarket market, LocalDate session) {
        return Stream.of(KrxMarket.KOSPI, KrxMarket.KOSDAQ)
                .flatMap(m -> market.rows(session, m).stream())
                .toList();
    }

    @Test
    void oneSeedIsOneMarket() {
        GeneratedMarket again = new GeneratedMarket(7);
        GeneratedMarket other = new GeneratedMarket(8);
        LocalDate day = GeneratedMarket.DEFAULT_DAY;

        assertThat(rows(again, day)).isEqualTo(rows(MARKET, day)).isNotEqualTo(rows(other, day));
        assertThat(again.listings()).isEqualTo(MARKET.listings());
    }

    /** The meaning of a seed may not drift with the JDK or with a refactoring: stores of that world would not match. */
    @Test
    void seedSevenStaysWhatItIs() {
        CRC32 sum = new CRC32();
        for (int s = MARKET.sessions().indexOf(GeneratedMarket.FIRST_SESSION);
                s < MARKET.sessions().size();
                s += 50) {
            for (DailyRow row : rows(MARKET, MARKET.sessions().get(s))) {
                sum.update(row.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(MARKET.world()).isEqualTo("simulated:7");
        assertThat(sum.getValue()).isEqualTo(3_800_973_295L);
    }

    @Test
    void isTheSizeOfTheRealOne() {
        assertThat(MARKET.listings()).hasSize(2_712);
        assertThat(MARKET.rows(GeneratedMarket.DEFAULT_DAY, KrxMarket.KOSPI)).hasSizeBetween(900, 950);
        assertThat(MARKET.rows(GeneratedMarket.DEFAULT_DAY, KrxMarket.KOSDAQ)).hasSizeBetween(1_700, 1_750);
        assertThat(MARKET.rows(GeneratedMarket.FIRST_SESSION, KrxMarket.KOSPI)).hasSizeGreaterThan(900);
        assertThat(MARKET.rows(GeneratedMarket.FIRST_SESSION, KrxMarket.KOSDAQ)).hasSizeGreaterThan(1_650);
        assertThat(MARKET.sessions().indexOf(GeneratedMarket.DEFAULT_DAY)).isGreaterThanOrEqualTo(330);
        assertThat(MARKET.listings().stream()
                        .filter(l -> !l.symbol().matches("\\d{6}"))
                        .count())
                .isBetween(60L, 110L);
        assertThat(MARKET.lastSession()).isEqualTo(LocalDate.of(2026, 12, 30));
    }

    @Test
    void everyRowObeysTicksLimitsAndOrder() {
        int quietRows = 0;
        int all = 0;
        for (LocalDate session : MARKET.sessions()) {
            for (DailyRow row : rows(MARKET, session)) {
                all++;
                if (!row.traded()) {
                    quietRows++;
                    if (row.open() + row.high() + row.low() + row.volume() + row.value() + row.change() != 0) {
                        throw new AssertionError("seed 7, " + session + ": " + row);
                    }
                    continue;
                }
                boolean first = MARKET.listing(row.symbol())
                        .filter(listing -> listing.listed().equals(session))
                        .isPresent();
                long upper = first ? row.base() * 4 : TickGrid.COMMON.upper(row.base(), row.market());
                long lower = first ? row.base() * 6 / 10 : TickGrid.COMMON.lower(row.base(), row.market());
                boolean sane = row.low() >= lower
                        && row.high() <= upper
                        && row.low() <= Math.min(row.open(), row.close())
                        && row.high() >= Math.max(row.open(), row.close())
                        && row.low() >= 1_000
                        && row.high() <= 1_000_000
                        && row.shares() > 0
                        && TickGrid.COMMON.holds(row.open())
                        && TickGrid.COMMON.holds(row.high())
                        && TickGrid.COMMON.holds(row.low())
                        && TickGrid.COMMON.holds(row.close());
                if (!sane) {
                    throw new AssertionError("seed 7, " + session + ": " + row);
                }
            }
        }
        assertThat(quietRows * 100.0 / all).isBetween(1.0, 5.0);
    }

    @Test
    void basePriceIsThePreviousCloseButAfterASplit() {
        Map<String, DailyRow> before = new HashMap<>();
        int splits = 0;
        for (LocalDate session : MARKET.sessions()) {
            for (DailyRow row : rows(MARKET, session)) {
                DailyRow previous = before.put(row.symbol(), row);
                if (previous == null || row.base() == previous.close()) {
                    continue;
                }
                splits++;
                long ratio = row.shares() / previous.shares();
                assertThat(ratio).isIn(2L, 5L, 10L);
                assertThat(row.shares()).isEqualTo(previous.shares() * ratio);
                assertThat(row.base() * ratio).isCloseTo(previous.close(), withPercentage(2));
                assertThat(previous.traded()).isFalse();
            }
        }
        assertThat(splits).isGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, 7_777, -5, Long.MAX_VALUE})
    void anySeedHasSoundCompaniesThatCanBeBoughtOnePercentLower(long seed) {
        GeneratedMarket market = new GeneratedMarket(seed);
        LocalDate day = GeneratedMarket.DEFAULT_DAY;
        int today = market.sessions().indexOf(day);
        int sound = 0;
        int reached = 0;
        int down = 0;
        int traded = 0;
        for (DailyRow row : rows(market, day)) {
            if (!row.traded()) {
                continue;
            }
            traded++;
            down += row.change() < 0 ? 1 : 0;
            Optional<Fundamentals> figures =
                    market.fundamentals(market.sessions().get(today - 1), row.symbol());
            if (figures.isEmpty() || !passes(market, row.symbol(), today, figures.orElseThrow())) {
                continue;
            }
            sound++;
            reached += row.low() <= row.base() * 99 / 100 ? 1 : 0;
        }
        assertThat(sound).as("seed %s", seed).isGreaterThanOrEqualTo(30);
        assertThat(reached).as("seed %s", seed).isGreaterThanOrEqualTo(sound / 2);
        assertThat(down).as("seed %s", seed).isGreaterThan(traded / 2);
    }

    /** Rising gently, with little volatility and modest multiples, in lively trade. */
    private static boolean passes(GeneratedMarket market, String symbol, int today, Fundamentals figures) {
        Double per = figures.per();
        Double pbr = figures.pbr();
        if (per == null || pbr == null || per <= 0 || per > 15 || pbr > 2) {
            return false;
        }
        double sum = 0;
        double squares = 0;
        long volume = 0;
        int n = 60;
        long first = 0;
        long last = 0;
        for (int s = today - n; s < today; s++) {
            Optional<DailyRow> row = market.row(market.sessions().get(s), symbol);
            if (row.isEmpty() || !row.orElseThrow().traded()) {
                return false;
            }
            DailyRow found = row.orElseThrow();
            double change = (double) found.close() / found.base() - 1;
            sum += change;
            squares += change * change;
            volume += found.volume();
            first = s == today - 20 ? found.close() : first;
            last = found.close();
        }
        double deviation = Math.sqrt(squares / n - sum / n * sum / n) * Math.sqrt(252);
        return deviation <= 0.30 && volume / n >= 100_000 && last > first * 1.02;
    }

    @Test
    void aFewSharesTakeAnotherNameAndAFewLeave() {
        LocalDate day = GeneratedMarket.DEFAULT_DAY;
        Map<String, String> before = names(day.minusDays(200));
        Map<String, String> then = names(day);
        Map<String, String> after = names(day.plusDays(120));
        long renamed = then.entrySet().stream()
                .filter(entry -> before.containsKey(entry.getKey())
                        && !before.get(entry.getKey()).equals(entry.getValue()))
                .count();
        assertThat(renamed).isBetween(2L, 30L);
        assertThat(then.keySet()).containsAll(before.keySet());
        long left = then.keySet().stream()
                .filter(symbol -> !after.containsKey(symbol))
                .count();
        assertThat(left).isBetween(2L, 30L);
    }

    private static Map<String, String> names(LocalDate around) {
        GeneratedMarket market = new GeneratedMarket(1);
        LocalDate session = market.sessions().stream()
                .filter(date -> !date.isAfter(around))
                .reduce((_, later) -> later)
                .orElseThrow();
        Map<String, String> names = new TreeMap<>();
        for (KrxMarket of : KrxMarket.MAIN) {
            market.rows(session, of).forEach(row -> names.put(row.symbol(), row.name()));
        }
        return names;
    }
}
