package io.haetae.store;

import io.haetae.indicator.Indicator;
import io.haetae.indicator.IndicatorSet;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.indicator.IndicatorSnapshots;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The market's indicators as a sheet a session. A sheet that another version wrote is read by the indicators' names: one that
 * it lacks is as undefined as for want of bars.
 */
public final class IndicatorMapper implements IndicatorSnapshots {

    private static final String NAME = "indicators/KRX";

    private final Sheets sheets;

    public IndicatorMapper(Store store) {
        this.sheets = new Sheets(store, NAME);
    }

    @Override
    public Optional<String> revision(LocalDate session) {
        return sheets.revision(session);
    }

    @Override
    public Optional<IndicatorSnapshot> at(LocalDate session) {
        return sheets.read(session).map(sheet -> decode(session, sheet));
    }

    @Override
    public void put(IndicatorSnapshot snapshot) {
        sheets.write(snapshot.session(), snapshot.revision(), encode(snapshot));
    }

    @Override
    public boolean putIf(IndicatorSnapshot snapshot, BooleanSupplier inputsStand) {
        return sheets.offer(snapshot.session(), snapshot.revision(), encode(snapshot), inputsStand);
    }

    private static byte[] encode(IndicatorSnapshot snapshot) {
        Columns.Writer<IndicatorSet> writer = new Columns.Writer<>(snapshot.sets())
                .texts(IndicatorSet::symbol)
                .wholes(set -> set.lastBar().toEpochDay())
                .wholes(IndicatorSet::bars)
                .lines(names());
        for (Indicator indicator : Indicator.values()) {
            writer.figures(set -> set.get(indicator));
        }
        return writer.bytes();
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Indicator indicator : Indicator.values()) {
            names.add(indicator.name());
        }
        return names;
    }

    private static IndicatorSnapshot decode(LocalDate session, Sheets.Sheet sheet) {
        Key key = Key.market(NAME, session.toString());
        try {
            Columns.Reader reader = new Columns.Reader(sheet.plain());
            String[] symbols = reader.texts();
            long[] lastBars = reader.wholes();
            long[] bars = reader.wholes();
            Map<String, double[]> columns = new HashMap<>();
            for (String name : reader.lines()) {
                columns.put(name, reader.figures());
            }
            List<IndicatorSet> sets = new ArrayList<>(reader.rows());
            for (int row = 0; row < reader.rows(); row++) {
                double[] values = new double[Indicator.values().length];
                for (Indicator indicator : Indicator.values()) {
                    // Another version's sheet may lack it.
                    double[] column = columns.get(indicator.name());
                    values[indicator.ordinal()] = column == null ? Double.NaN : column[row];
                }
                sets.add(new IndicatorSet(
                        symbols[row], LocalDate.ofEpochDay(lastBars[row]), Math.toIntExact(bars[row]), values));
            }
            return new IndicatorSnapshot(session, sheet.revision(), sets);
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw new CorruptItemException(key, "bytes", "indicators: " + e.getMessage());
        }
    }
}
