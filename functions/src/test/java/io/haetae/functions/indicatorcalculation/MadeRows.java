package io.haetae.functions.indicatorcalculation;

import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * The rows of a small market, session after session, with all that befalls rows: splits and rights issues, halts over days, rows
 * that are missing or impossible, shares that come and go, sources without traded values.
 */
final class MadeRows {

    private final Random random;
    private final TreeMap<String, Long> closes = new TreeMap<>();
    private final TreeMap<String, Integer> halted = new TreeMap<>();
    private int listed;

    MadeRows(Random random, int symbols) {
        this.random = random;
        for (int i = 0; i < symbols; i++) {
            list();
        }
    }

    private void list() {
        closes.put("%06d".formatted(listed++ * 10), 1_000L + random.nextInt(100_000));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    List<DailyRow> next() {
        if (chance(0.03)) {
            list();
        }
        if (chance(0.02) && closes.size() > 3) {
            closes.remove(closes.firstKey());
        }
        List<DailyRow> rows = new ArrayList<>();
        closes.replaceAll((symbol, close) -> {
            DailyRow row = next(symbol, close);
            if (!chance(0.03)) {
                rows.add(chance(0.01) ? impossible(row) : row);
            }
            return row.close();
        });
        return rows;
    }

    private DailyRow next(String symbol, long close) {
        long base = chance(0.02) ? Math.max(1, Math.round(close * (0.2 + 1.6 * random.nextDouble()))) : close;
        int more = halted.merge(symbol, -1, Integer::sum);
        if (more < 0) {
            halted.put(symbol, chance(0.01) ? 1 + random.nextInt(6) : 0);
        }
        if (more > 0) {
            return new DailyRow(symbol, symbol, KrxMarket.KOSPI, 0, 0, 0, base, 0, 0, 0, 1_000_000);
        }
        long today = Math.max(1, Math.round(base * (1 + 0.04 * random.nextGaussian())));
        long open = Math.max(1, (base + today) / 2);
        long volume = 1 + random.nextInt(1_000_000);
        return new DailyRow(
                symbol,
                symbol,
                random.nextBoolean() ? KrxMarket.KOSPI : KrxMarket.KOSDAQ,
                open,
                Math.max(open, today) + random.nextInt(100),
                Math.max(1, Math.min(open, today) - random.nextInt(100)),
                today,
                today - base,
                volume,
                chance(0.1) ? 0 : today * volume,
                1_000_000);
    }

    private static DailyRow impossible(DailyRow row) {
        return new DailyRow(
                row.symbol(), row.name(), row.market(), row.open(), row.high(), 0, 0, 0, row.volume(), 0, row.shares());
    }

    /** The same session as another source saw it: a few figures differ. */
    List<DailyRow> seenOtherwise(List<DailyRow> rows) {
        return rows.stream()
                .filter(_ -> !chance(0.02))
                .map(row -> chance(0.2)
                        ? new DailyRow(
                                row.symbol(),
                                row.name(),
                                row.market(),
                                row.open(),
                                row.high(),
                                row.low(),
                                row.close(),
                                row.change(),
                                row.volume() * 2,
                                0,
                                row.shares())
                        : row)
                .toList();
    }
}
