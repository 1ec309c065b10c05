package io.haetae.store;

import io.haetae.market.IndexRow;
import io.haetae.market.Indices;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The indices of a session as one item of the market table. */
public final class IndexMapper implements Indices {

    private static final String PARTITION = "indices/KRX";
    private static final int ATTEMPTS = 5;

    private final Store store;

    public IndexMapper(Store store) {
        this.store = store;
    }

    @Override
    public void put(LocalDate session, List<IndexRow> rows) {
        List<IndexRow> sorted =
                rows.stream().sorted(Comparator.comparing(IndexRow::name)).toList();
        byte[] plain = new Columns.Writer<>(sorted)
                .texts(IndexRow::family)
                .texts(IndexRow::name)
                .texts(row -> text(row.open()))
                .texts(row -> text(row.high()))
                .texts(row -> text(row.low()))
                .texts(row -> text(row.close()))
                .texts(row -> text(row.change()))
                .bytes();
        byte[] packed = Sheets.pack(plain);
        Item item = Item.at(Key.market(PARTITION, session.toString()))
                .with("checksum", Sheets.checksum(packed))
                .with("plainBytes", plain.length)
                .with("bytes", packed)
                .build();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (store.commit(List.of(Action.put(item))) instanceof Outcome.Committed) {
                return;
            }
        }
        throw new StoreUnavailableException(
                "The indices of " + session + " could not be stored in " + ATTEMPTS + " attempts");
    }

    private static String text(@Nullable BigDecimal points) {
        return points == null ? "" : points.toPlainString();
    }

    private static @Nullable BigDecimal points(String text) {
        return text.isEmpty() ? null : new BigDecimal(text);
    }

    @Override
    public List<IndexRow> rows(LocalDate session) {
        return store.get(Key.market(PARTITION, session.toString()))
                .map(IndexMapper::rows)
                .orElse(List.of());
    }

    @Override
    public SortedMap<LocalDate, BigDecimal> closes(String name, LocalDate from, LocalDate to) {
        SortedMap<LocalDate, BigDecimal> closes = new TreeMap<>();
        if (from.isAfter(to)) {
            return closes;
        }
        for (Item item : store.query(Query.between(Table.MARKET, PARTITION, from.toString(), to.toString()))) {
            Optional<IndexRow> row =
                    rows(item).stream().filter(one -> one.name().equals(name)).findFirst();
            row.ifPresent(one -> closes.put(LocalDate.parse(item.key().sort()), one.close()));
        }
        return closes;
    }

    private static List<IndexRow> rows(Item item) {
        try {
            Columns.Reader in = new Columns.Reader(Sheets.plain(item, List.of(item)));
            String[] families = in.texts();
            String[] names = in.texts();
            String[] open = in.texts();
            String[] high = in.texts();
            String[] low = in.texts();
            String[] close = in.texts();
            String[] change = in.texts();
            List<IndexRow> rows = new ArrayList<>(in.rows());
            for (int i = 0; i < in.rows(); i++) {
                rows.add(new IndexRow(
                        families[i],
                        names[i],
                        points(open[i]),
                        points(high[i]),
                        points(low[i]),
                        new BigDecimal(close[i]),
                        new BigDecimal(change[i])));
            }
            return rows;
        } catch (IOException | NumberFormatException e) {
            throw new CorruptItemException(item.key(), "bytes", "the rows of indices");
        }
    }
}
