package io.haetae.store;

import io.haetae.indicator.MarketState;
import io.haetae.indicator.MarketState.Kept;
import io.haetae.indicator.MarketStates;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The market's states as a sheet a session. One in ten is written whole; those after it lean on it and hold what it has not: writing
 * is what costs. A sheet's revision is its value of the chain, and for one that leans the session and value of the other.
 */
public final class MarketStateMapper implements MarketStates {

    private static final String NAME = "states/KRX";

    private final Sheets sheets;

    /** The whole state read or written last: most often the next one leans on it too. */
    private volatile @Nullable Whole recent;

    public MarketStateMapper(Store store) {
        this.sheets = new Sheets(store, NAME);
    }

    /** The symbols of a state that was written whole. */
    private record Whole(LocalDate session, String link, Map<String, double[][]> symbols) {}

    /** What a head says; {@code base} is the session that the sheet leans on, null for a whole one. */
    private record Revision(String link, @Nullable LocalDate base, String baseLink) {

        /** One that cannot be read is that of no state: the next one of its session takes its place. */
        static Revision of(String text) {
            String[] words = text.split(" ", -1);
            try {
                return words.length < 3
                        ? new Revision(words[0], null, "")
                        : new Revision(words[0], LocalDate.parse(words[1]), words[2]);
            } catch (DateTimeException e) {
                return new Revision("", null, "");
            }
        }

        String text() {
            return base == null ? link : link + " " + base + " " + baseLink;
        }
    }

    private static Revision revision(NavigableMap<LocalDate, String> kept, LocalDate session) {
        return Revision.of(kept.getOrDefault(session, ""));
    }

    @Override
    public Found newest(NavigableMap<LocalDate, String> chain) {
        List<String> damaged = new ArrayList<>();
        NavigableMap<LocalDate, String> kept = sheets.revisions();
        for (LocalDate session : kept.descendingKeySet()) {
            String link = chain.getOrDefault(session, "none");
            if (kept.getOrDefault(session, "").equals(Sheets.UNREADABLE)) {
                damaged.add("the head of the state of %s is not what was written".formatted(session));
                sheets.delete(session);
            } else if (revision(kept, session).link().equals(link)) {
                try {
                    Optional<MarketState> state = read(session, link);
                    if (state.isPresent()) {
                        return new Found(state, damaged);
                    }
                } catch (CorruptItemException e) {
                    damaged.add(e.getMessage());
                    sheets.delete(session);
                }
            }
        }
        return new Found(Optional.empty(), damaged);
    }

    /** Empty when another one has taken its place. */
    private Optional<MarketState> read(LocalDate session, String link) {
        Optional<Sheets.Sheet> sheet = sheets.read(session);
        if (sheet.isEmpty()) {
            return Optional.empty();
        }
        Revision revision = Revision.of(sheet.get().revision());
        if (!revision.link().equals(link)) {
            return Optional.empty();
        }
        Key key = Key.market(NAME, session.toString());
        Map<String, double[][]> base = Map.of();
        if (revision.base() != null) {
            base = symbols(revision.base(), revision.baseLink())
                    .orElseThrow(() -> new CorruptItemException(key, "revision", "one whose base is there"));
        }
        try {
            MarketState state = StateCodec.decode(session, sheet.get().plain(), base);
            if (revision.base() == null) {
                recent = new Whole(session, link, symbols(state));
            }
            return Optional.of(state);
        } catch (IOException | DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new CorruptItemException(key, "bytes", "a state: " + e.getMessage());
        } catch (IndexOutOfBoundsException e) {
            throw new CorruptItemException(key, "bytes", "as many numbers as it says");
        }
    }

    /** Of a whole state; empty when it is gone. */
    private Optional<Map<String, double[][]>> symbols(LocalDate session, String link) {
        Whole known = recent;
        return known != null && known.session().equals(session) && known.link().equals(link)
                ? Optional.of(known.symbols())
                : read(session, link).map(MarketStateMapper::symbols);
    }

    private static Map<String, double[][]> symbols(MarketState state) {
        Map<String, double[][]> symbols = new HashMap<>();
        for (Kept one : state.save()) {
            symbols.put(one.symbol(), one.indicators());
        }
        return symbols;
    }

    @Override
    public void put(MarketState state, NavigableMap<LocalDate, String> chain) {
        LocalDate session = Objects.requireNonNull(state.session());
        String link = Objects.requireNonNull(chain.get(session));
        NavigableMap<LocalDate, String> kept = sheets.revisions();
        if (revision(kept, session).link().equals(link)
                || kept.tailMap(session, false).size() >= KEPT) {
            return;
        }
        Optional<Whole> base = base(session, kept, chain);
        byte[] plain = StateCodec.encode(state, base.map(Whole::symbols).orElse(Map.of()));
        Revision revision = base.map(whole -> new Revision(link, whole.session(), whole.link()))
                .orElseGet(() -> new Revision(link, null, ""));
        if (sheets.offer(session, revision.text(), plain, () -> true)) {
            if (base.isEmpty()) {
                recent = new Whole(session, link, symbols(state));
            }
            kept.put(session, revision.text());
            deleteOld(kept);
        }
    }

    /** The newest whole state that the chain still holds, unless it is due to write another. */
    private Optional<Whole> base(
            LocalDate session, NavigableMap<LocalDate, String> kept, NavigableMap<LocalDate, String> chain) {
        for (LocalDate older : kept.headMap(session, false).descendingKeySet()) {
            Revision revision = revision(kept, older);
            if (revision.base() == null && revision.link().equals(chain.get(older))) {
                boolean near = chain.subMap(older, false, session, true).size() < KEPT;
                return near ? whole(older, revision.link()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<Whole> whole(LocalDate session, String link) {
        try {
            return symbols(session, link).map(symbols -> new Whole(session, link, symbols));
        } catch (CorruptItemException e) {
            // Nothing is to lean on it; the run that wants to go on from it says so.
            return Optional.empty();
        }
    }

    private void deleteOld(NavigableMap<LocalDate, String> kept) {
        List<LocalDate> newest = kept.descendingKeySet().stream().limit(KEPT).toList();
        Set<LocalDate> needed = new HashSet<>(newest);
        for (LocalDate session : newest) {
            LocalDate base = revision(kept, session).base();
            if (base != null) {
                needed.add(base);
            }
        }
        kept.keySet().stream().filter(session -> !needed.contains(session)).forEach(sheets::delete);
    }
}
