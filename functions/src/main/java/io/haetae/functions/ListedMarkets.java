package io.haetae.functions;

import io.haetae.calendar.TradingCalendar;
import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.InstrumentId;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.time.TimeSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The market each share is listed on, by the newest stored rows. */
final class ListedMarkets implements Function<InstrumentId, Optional<KrxMarket>> {

    /** Longer than any stretch without a session. */
    private static final int DAYS_BACK = 45;

    /** How far back a share is looked for that the newest rows lack. */
    private static final int SESSIONS_BACK = 5;

    private final MarketData market;
    private final TradingCalendar calendar;
    private final TimeSource time;
    private @Nullable MarketDay newest;

    ListedMarkets(MarketData market, TradingCalendar calendar, TimeSource time) {
        this.market = market;
        this.calendar = calendar;
        this.time = time;
    }

    /** Empty when no stored row names the share. */
    @Override
    public synchronized Optional<KrxMarket> apply(InstrumentId instrument) {
        LocalDate today = calendar.dateAt(time.now());
        List<Coverage> stored = market.coverage(today.minusDays(DAYS_BACK), today);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Coverage last = stored.getLast();
        MarketDay day = newest;
        if (day == null
                || !day.session().equals(last.session())
                || !day.revision().equals(last.revision())) {
            day = market.day(last.session()).orElseThrow();
            newest = day;
        }
        // The newest rows may be the broker's, who left a share out: that must not stop what is done with all others.
        return day.row(instrument.code()).or(() -> earlier(instrument, stored)).map(DailyRow::market);
    }

    private Optional<DailyRow> earlier(InstrumentId instrument, List<Coverage> stored) {
        return stored.reversed().stream()
                .skip(1)
                .limit(SESSIONS_BACK)
                .flatMap(coverage -> market.day(coverage.session()).stream())
                .flatMap(day -> day.row(instrument.code()).stream())
                .findFirst();
    }
}
