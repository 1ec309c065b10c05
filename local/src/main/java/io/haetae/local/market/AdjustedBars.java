package io.haetae.local.market;

import io.haetae.market.Continuation;
import io.haetae.market.DailyRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One share's sessions with trade, every one in the unit of the newest row seen: when the share changes, the prices before are
 * multiplied and the volumes divided. What the indicators' job does to its state, done to the bars themselves.
 */
public final class AdjustedBars {

    /** @param indexClose of the market's index that session, NaN when unknown */
    public record Line(BarFile.Line bar, double indexClose) {}

    private final List<Line> lines = new ArrayList<>();
    private long close;
    private int newest = -1;

    /** @param number of the session, among all of the exchange */
    public void add(LocalDate session, int number, DailyRow row, double indexClose) {
        if (!row.isPossible()) {
            return;
        }
        switch (Continuation.of(close, number - newest - 1, row.base())) {
            case SAME -> {}
            case CHANGED -> lines.replaceAll(line -> adjusted(line, row.base(), close));
            case BROKEN -> lines.clear();
        }
        newest = number;
        close = row.close();
        if (row.traded()) {
            lines.add(new Line(
                    new BarFile.Line(
                            session,
                            row.open(),
                            row.high(),
                            row.low(),
                            row.close(),
                            row.volume(),
                            row.value() == 0 ? Double.NaN : row.value()),
                    indexClose));
        }
    }

    private static Line adjusted(Line line, double base, double previousClose) {
        BarFile.Line bar = line.bar();
        return new Line(
                new BarFile.Line(
                        bar.date(),
                        bar.open() * base / previousClose,
                        bar.high() * base / previousClose,
                        bar.low() * base / previousClose,
                        bar.close() * base / previousClose,
                        bar.volume() * previousClose / base,
                        bar.value()),
                line.indexClose());
    }

    /** Oldest first. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }
}
