package io.haetae.store;

import io.haetae.market.TradingStatus;
import io.haetae.market.TradingStatus.Mark;
import io.haetae.market.TradingStatuses;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The marks of a session as one item: a line a share, {@code 005930 HALTED,ADMINISTRATIVE iscd_stat_cls_code=77}, where a
 * dash stands for none.
 */
public final class TradingStatusMapper implements TradingStatuses {

    private static final String MARKS = "marks";
    private static final String NONE = "-";

    private final Store store;

    public TradingStatusMapper(Store store) {
        this.store = store;
    }

    @Override
    public void put(LocalDate session, Map<String, TradingStatus> marked) {
        String lines = new TreeMap<>(marked)
                .entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(TradingStatus.PLAIN))
                        .map(entry -> line(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("\n"));
        Outcome outcome = store.commit(
                List.of(Action.put(Item.at(key(session)).with(MARKS, lines).build())));
        if (!(outcome instanceof Outcome.Committed)) {
            throw new StoreUnavailableException("whether the marks of " + session + " were kept is not known");
        }
    }

    @Override
    public SortedMap<String, TradingStatus> of(LocalDate session) {
        Optional<Item> item = store.get(key(session));
        SortedMap<String, TradingStatus> marked = new TreeMap<>();
        item.map(found -> found.text(MARKS)).stream()
                .flatMap(String::lines)
                .map(line -> line.split(" ", -1))
                .forEach(parts -> marked.put(parts[0], status(item.orElseThrow(), parts)));
        return Collections.unmodifiableSortedMap(marked);
    }

    private static Key key(LocalDate session) {
        return Key.market("marks/KRX", session.toString());
    }

    private static String line(String symbol, TradingStatus status) {
        return symbol + " "
                + list(status.marks().stream().map(Mark::name).toList())
                // What the broker wrote may hold what parts the words here.
                + " "
                + list(status.unknown().stream()
                        .map(code -> code.replaceAll("[\\s,]", "?"))
                        .toList());
    }

    private static String list(Collection<String> words) {
        return words.isEmpty() ? NONE : String.join(",", words);
    }

    private static TradingStatus status(Item item, String[] parts) {
        if (parts.length != 3) {
            throw new CorruptItemException(item.key(), MARKS, "marks of shares");
        }
        try {
            Set<Mark> marks = EnumSet.noneOf(Mark.class);
            words(parts[1]).stream().map(Mark::valueOf).forEach(marks::add);
            return new TradingStatus(marks, new TreeSet<>(words(parts[2])));
        } catch (IllegalArgumentException e) {
            throw new CorruptItemException(item.key(), MARKS, "marks of shares");
        }
    }

    private static List<String> words(String list) {
        return list.equals(NONE) ? List.of() : List.of(list.split(",", -1));
    }
}
