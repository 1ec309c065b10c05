package io.haetae.indicator;

import io.haetae.market.Continuation;
import io.haetae.market.DailyRow;
import io.haetae.market.MarketDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The indicators of every symbol after a session, and what the next session needs to go on from there. Kept, restored and
 * continued it gives the very bits it would have given without the stop.
 *
 * <p>A row without trade is no bar, and an impossible one counts as missing. The base price of a session against the close of the
 * session right before tells whether the share changed: then that symbol alone is rescaled. Where the row of the session right
 * before is missing nothing can be told and nothing is adjusted, unless trade alone cannot have bridged the gap: then what lies
 * before it is of another share, by a factor nobody knows, and the symbol starts anew.
 */
public final class MarketState {

    /** Of all that a state remembers, and of what is made of rows: a state of another version is not continued. */
    public static final int LAYOUT = 100 + SymbolIndicators.LAYOUT;

    private final TreeMap<String, Share> shares = new TreeMap<>();
    private int sessions;
    private @Nullable LocalDate session;

    /**
     * What is kept of one symbol.
     *
     * @param row number of the newest session with a possible row, the first of all being 1; 0 for none
     * @param close of that row, won; a session without trade carries it on
     * @param seen number of the newest session with any row
     * @param lastBar session of the newest bar, null when it never traded
     * @param indicators of {@link SymbolIndicators#save}
     */
    public record Kept(
            String symbol,
            int row,
            long close,
            int seen,
            @Nullable LocalDate lastBar,
            double[][] indicators) {}

    /** Before the first session. */
    public MarketState() {}

    /** @throws IllegalArgumentException when no session can have left such a state */
    public static MarketState restore(LocalDate session, int sessions, Collection<Kept> kept) {
        MarketState state = new MarketState();
        state.session = session;
        state.sessions = sessions;
        for (Kept one : kept) {
            if (one.row() < 0 || one.row() > one.seen() || one.seen() > sessions) {
                throw new IllegalArgumentException(
                        "%s: row %d, seen %d of %d sessions".formatted(one.symbol(), one.row(), one.seen(), sessions));
            }
            state.shares.put(one.symbol(), new Share(one));
        }
        return state;
    }

    public List<Kept> save() {
        return shares.entrySet().stream()
                .map(share -> share.getValue().save(share.getKey()))
                .toList();
    }

    /** The newest session seen, null before the first. */
    public @Nullable LocalDate session() {
        return session;
    }

    /** Sessions so far, those without rows too. */
    public int sessions() {
        return sessions;
    }

    /** A session whose rows are not stored. */
    public void skip(LocalDate missing) {
        session = missing;
        sessions++;
        shares.values().removeIf(share -> sessions - share.seen > Continuation.MOST_BETWEEN);
    }

    /**
     * @param day the session after the newest one seen
     * @param indexClose of the market's index that session, NaN when unknown
     * @return number of rows left out because no share can have traded so
     */
    public int next(MarketDay day, double indexClose) {
        skip(day.session());
        int impossible = 0;
        for (DailyRow row : day.rows()) {
            Share share = shares.computeIfAbsent(row.symbol(), _ -> new Share());
            share.seen = sessions;
            if (row.isPossible()) {
                share.next(row, sessions, day.session(), indexClose);
            } else {
                impossible++;
            }
        }
        return impossible;
    }

    /** Symbols with a row in the newest session, whether they ever traded or not. */
    public int listed() {
        return (int)
                shares.values().stream().filter(share -> share.seen == sessions).count();
    }

    /** Of every symbol with a row in the newest session that ever traded. */
    public List<IndicatorSet> sets() {
        List<IndicatorSet> sets = new ArrayList<>(shares.size());
        shares.forEach((symbol, share) -> {
            if (share.seen == sessions && share.lastBar != null) {
                sets.add(share.indicators.toSet(symbol, share.lastBar));
            }
        });
        return sets;
    }

    /** One symbol on its way. */
    private static final class Share {

        private SymbolIndicators indicators;
        private @Nullable LocalDate lastBar;
        private int row;
        private long close;
        private int seen;

        private Share() {
            indicators = new SymbolIndicators();
        }

        private Share(Kept kept) {
            indicators = SymbolIndicators.restore(kept.indicators());
            lastBar = kept.lastBar();
            row = kept.row();
            close = kept.close();
            seen = kept.seen();
        }

        private Kept save(String symbol) {
            return new Kept(symbol, row, close, seen, lastBar, indicators.save());
        }

        private void next(DailyRow today, int number, LocalDate session, double indexClose) {
            switch (Continuation.of(close, number - row - 1, today.base())) {
                case SAME -> {}
                case CHANGED -> indicators.rescale(today.base(), close);
                case BROKEN -> {
                    indicators = new SymbolIndicators();
                    lastBar = null;
                }
            }
            row = number;
            close = today.close();
            if (today.traded()) {
                indicators.next(today.high(), today.low(), today.close(), today.volume(), today.value(), indexClose);
                lastBar = session;
            }
        }
    }
}
