package io.haetae.risk;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.market.DailyRow;
import io.haetae.market.InstrumentId;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.market.Quote;
import io.haetae.market.Quotes;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.portfolio.Position;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest known price of Korean shares: the broker's quote from the open of a session until its rows are stored, else
 * the stored close. Between the close and the evening's data the quote is newer than anything stored.
 */
public final class Marks {

    /** An older quote is not a price of now. */
    public static final Duration FRESH = Duration.ofSeconds(180);

    /** How far back a stored close still says anything. */
    private static final int SESSIONS_BACK = 20;

    private final Quotes quotes;
    private final MarketData market;
    private final TradingCalendar calendar;

    public Marks(Quotes quotes, MarketData market, TradingCalendar calendar) {
        this.quotes = quotes;
        this.market = market;
        this.calendar = calendar;
    }

    /**
     * Prices of everything asked for.
     *
     * @param prices never empty for a position: what has no price at all is valued at cost, and a note says so
     * @param notes what is not priced by a quote of now where one is due, or not by a close
     * @param failure the broker did not answer while the market is open, so the prices are older than they should be
     */
    public record Marked(
            Map<InstrumentId, BigDecimal> prices, List<String> notes, Optional<QuotesUnavailableException> failure) {

        public Marked {
            Map<InstrumentId, BigDecimal> sorted = byInstrument();
            sorted.putAll(prices);
            prices = Collections.unmodifiableMap(sorted);
            notes = List.copyOf(notes);
        }
    }

    /** Prices of {@code positions} at {@code now}. */
    public Marked mark(List<Position> positions, Instant now) {
        if (positions.isEmpty()) {
            return new Marked(Map.of(), List.of(), Optional.empty());
        }
        boolean open = calendar.openAt(now).isPresent();
        // Whether the market is open on a date that the calendar does not know, the broker's quotes tell.
        if (!open && calendar.isKnown(calendar.dateAt(now)) && isStored(begun(now))) {
            return mark(positions, now, Map.of(), false, Optional.empty());
        }
        try {
            Map<InstrumentId, Quote> answer =
                    quotes.quotes(positions.stream().map(Position::instrument).toList());
            return mark(positions, now, answer, true, Optional.empty());
        } catch (QuotesUnavailableException e) {
            // A broker that rests after hours is no failure; that the prices are older is still noted.
            return mark(positions, now, Map.of(), true, open ? Optional.of(e) : Optional.empty());
        }
    }

    /** The newest session that has opened. */
    private LocalDate begun(Instant now) {
        LocalDate today = calendar.dateAt(now);
        return calendar.session(today)
                .filter(session -> !now.isBefore(session.open()))
                .orElseGet(() -> calendar.previous(today))
                .date();
    }

    private boolean isStored(LocalDate session) {
        return market.coverage(session).isPresent();
    }

    /** As {@link #mark(List, Instant)}, with quotes that were asked for already. */
    public Marked mark(List<Position> positions, Instant now, Map<InstrumentId, Quote> answer) {
        return mark(positions, now, answer, true, Optional.empty());
    }

    private Marked mark(
            List<Position> positions,
            Instant now,
            Map<InstrumentId, Quote> answer,
            boolean quotesDue,
            Optional<QuotesUnavailableException> failure) {
        Map<InstrumentId, BigDecimal> prices = byInstrument();
        List<Position> unpriced = new ArrayList<>();
        for (Position position : positions) {
            Quote quote = answer.get(position.instrument());
            BigDecimal last = quote != null && isFresh(quote, now) ? quote.last() : null;
            if (last != null && last.signum() > 0) {
                prices.put(position.instrument(), last);
            } else {
                unpriced.add(position);
            }
        }
        List<String> notes = new ArrayList<>();
        if (!unpriced.isEmpty()) {
            Optional<MarketDay> day = newestDay(now);
            for (Position position : unpriced) {
                prices.put(position.instrument(), stored(position, day, quotesDue, notes));
            }
        }
        return new Marked(prices, notes, failure);
    }

    private static BigDecimal stored(
            Position position, Optional<MarketDay> day, boolean quotesDue, List<String> notes) {
        String code = position.instrument().code();
        Optional<DailyRow> row = day.flatMap(rows -> rows.row(code)).filter(found -> found.close() > 0);
        if (row.isEmpty()) {
            notes.add(code + " valued at cost: no price is known");
            return position.averageCost();
        }
        if (quotesDue) {
            notes.add(code + " valued at the close of " + day.get().session() + ": no quote");
        }
        return BigDecimal.valueOf(row.get().close());
    }

    /** Of now, give or take: see {@link #FRESH}. */
    public static boolean isFresh(Quote quote, Instant now) {
        return !quote.at().isBefore(now.minus(FRESH));
    }

    /** The newest stored rows of the market, empty when there are none of the last {@value #SESSIONS_BACK} sessions. */
    public Optional<MarketDay> newestDay(Instant now) {
        LocalDate today = calendar.dateAt(now);
        // Beyond the calendar's end the last session it knows stands in: what is held is valued around the clock.
        LocalDate known = calendar.isKnown(today) ? today : calendar.lastKnown();
        LocalDate date = calendar.session(known).map(Session::date).orElseGet(() -> calendar.previous(known)
                .date());
        for (int back = 0; back < SESSIONS_BACK; back++) {
            Optional<MarketDay> day = market.day(date);
            if (day.isPresent()) {
                return day;
            }
            date = calendar.previous(date).date();
        }
        return Optional.empty();
    }

    private static Map<InstrumentId, BigDecimal> byInstrument() {
        return new TreeMap<>(java.util.Comparator.comparing(InstrumentId::toString));
    }
}
