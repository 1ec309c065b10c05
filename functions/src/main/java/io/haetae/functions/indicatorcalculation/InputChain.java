package io.haetae.functions.indicatorcalculation;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.indicator.MarketState;
import io.haetae.market.Coverage;
import io.haetae.market.Indices;
import io.haetae.market.MarketData;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that the indicators of a session are made of, by checksum: the value at a session is a digest of the value before it, the
 * session, the revision of its rows and the index's close, from the oldest stored session on. Two equal values stand for equal
 * histories; rows that are corrected, added or found late change every value from there on.
 */
public final class InputChain {

    /** Enough of a SHA-256 to tell histories apart. */
    private static final int LINK_BYTES = 12;

    private final SortedMap<LocalDate, Coverage> stored;
    private final SortedMap<LocalDate, BigDecimal> index;
    private final NavigableMap<LocalDate, String> links = new TreeMap<>();

    private InputChain(
            List<LocalDate> sessions, SortedMap<LocalDate, Coverage> stored, SortedMap<LocalDate, BigDecimal> index) {
        this.stored = stored;
        this.index = index;
        String link = "layout " + MarketState.LAYOUT;
        for (LocalDate session : sessions) {
            Coverage coverage = stored.get(session);
            BigDecimal close = index.get(session);
            link = digest("%s %s %s %s"
                    .formatted(
                            link,
                            session,
                            coverage == null ? "absent" : coverage.revision(),
                            close == null ? "none" : close.stripTrailingZeros().toPlainString()));
            links.put(session, link);
        }
    }

    /**
     * As everything is stored now: three questions, however long the history.
     *
     * @param newest a stored session
     */
    public static InputChain read(MarketData market, Indices indices, TradingCalendar calendar, LocalDate newest) {
        LocalDate oldest = market.firstStored().filter(newest::isAfter).orElse(newest);
        SortedMap<LocalDate, Coverage> stored = market.coverage(oldest, newest).stream()
                .collect(Collectors.toMap(Coverage::session, Function.identity(), (one, _) -> one, TreeMap::new));
        // Where rows are stored was a session, whatever the calendar was told.
        TreeSet<LocalDate> sessions = new TreeSet<>(stored.keySet());
        calendar.sessionsBetween(oldest, newest).stream().map(Session::date).forEach(sessions::add);
        return new InputChain(List.copyOf(sessions), stored, indices.closes(Indices.KOSPI, oldest, newest));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, LINK_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The value at every session of the calendar and every stored one, oldest first. */
    NavigableMap<LocalDate, String> links() {
        return links;
    }

    /** The sessions after one, all of them when it is null. */
    public List<LocalDate> after(@Nullable LocalDate session) {
        return List.copyOf((session == null ? links : links.tailMap(session, false)).keySet());
    }

    public boolean isStored(LocalDate session) {
        return stored.containsKey(session);
    }

    /** Of the rows in force; empty for a session that is not stored. */
    Optional<String> revision(LocalDate session) {
        return Optional.ofNullable(stored.get(session)).map(Coverage::revision);
    }

    /** NaN when it is not known. */
    public double indexClose(LocalDate session) {
        BigDecimal close = index.get(session);
        return close == null ? Double.NaN : close.doubleValue();
    }

    /** Sessions whose rows are not stored. */
    int missing() {
        return links.size() - stored.size();
    }
}
