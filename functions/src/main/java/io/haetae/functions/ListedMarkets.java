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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which market a Korean share is listed on, from the newest stored session that has it. */
final class ListedMarkets implements Function<InstrumentId, KrxMarket> {

    /** A share is halted for weeks at times, but then its rows still come every session. */
    private static final int DAYS_BACK = 20;

    private final MarketData market;
    private final TradingCalendar calendar;
    private final TimeSource time;
    private final Map<InstrumentId, KrxMarket> known = new HashMap<>();

    ListedMarkets(MarketData market, TradingCalendar calendar, TimeSource time) {
        this.market = market;
        this.calendar = calendar;
        this.time = time;
    }

    /** @throws IllegalStateException when no stored session of late has the share */
    @Override
    public synchronized KrxMarket apply(InstrumentId instrument) {
        return known.computeIfAbsent(instrument, this::find);
    }

    private KrxMarket find(InstrumentId instrument) {
        LocalDate today = calendar.dateAt(time.now());
        List<Coverage> stored = market.coverage(today.minusDays(DAYS_BACK), today);
        for (Coverage coverage : stored.reversed()) {
            Optional<DailyRow> row =
                    market.day(coverage.session()).flatMap((MarketDay day) -> day.row(instrument.code()));
            if (row.isPresent()) {
                return row.get().market();
            }
        }
        throw new IllegalStateException(
                instrument + " stands in no session of the last " + DAYS_BACK + " days: its costs are unknown");
    }
}
