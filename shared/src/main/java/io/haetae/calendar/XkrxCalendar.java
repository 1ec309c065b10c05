package io.haetae.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The sessions of the Korea Exchange's share markets, 2010 to 2026.
 *
 * <p>Ordinary hours are 09:00 to 15:30 in Seoul, to 15:00 before 2016-08-01; the first session of a year opens an hour
 * later (KOSPI Market Enforcement Rules, article 8); on the day of the university entrance examination everything is an
 * hour later (the Exchange's notice, published about two weeks before).
 *
 * <p>Phases (KOSPI Market Business Regulation, articles 4, 11 and 35): orders for the opening auction are taken from half an
 * hour before the open, a whole hour before 2019-04-29, and trades at the previous close are made in its first ten minutes
 * (before: in the hour that ends half an hour before the open). The closing auction takes the last ten minutes. Trades at
 * the closing price are made from ten to thirty minutes after the close. The after-market, 16:00 to 20:00 since 2026-09-14,
 * is known for days with the ordinary close; for later ones no hours were published, so they have none here.
 */
public final class XkrxCalendar {

    public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private static final LocalDate SHORTER_OPENING_AUCTION = LocalDate.of(2019, 4, 29);
    private static final LocalDate FIRST_AFTER_MARKET = LocalDate.of(2026, 9, 14);
    private static final LocalTime ORDINARY_CLOSE = LocalTime.of(15, 30);
    private static final LocalTime AFTER_MARKET_START = LocalTime.of(16, 0);
    private static final LocalTime AFTER_MARKET_END = LocalTime.of(20, 0);

    private XkrxCalendar() {}

    /** The calendar that ships with the program, without a person's overrides. */
    public static TradingCalendar bundled() {
        return Bundled.CALENDAR;
    }

    static ListedCalendar listed() {
        return Bundled.CALENDAR;
    }

    private static final class Bundled {
        private static final ListedCalendar CALENDAR =
                CalendarFile.read("xkrx.txt", "XKRX", SEOUL, XkrxCalendar::session);
    }

    private static Session session(LocalDate date, LocalTime openTime, LocalTime closeTime) {
        Instant open = at(date, openTime);
        Instant close = at(date, closeTime);
        boolean shorter = !date.isBefore(SHORTER_OPENING_AUCTION);
        Instant acceptance = minutes(open, shorter ? -30 : -60);
        Instant previousClose = minutes(open, shorter ? -30 : -90);
        List<Phase> phases = new ArrayList<>();
        phases.add(new Phase(Phase.Kind.PREVIOUS_CLOSE, previousClose, minutes(previousClose, shorter ? 10 : 60)));
        phases.add(new Phase(Phase.Kind.OPENING_AUCTION, acceptance, open));
        Instant closingAuction = minutes(close, -10);
        if (open.isBefore(closingAuction)) {
            phases.add(new Phase(Phase.Kind.CONTINUOUS, open, closingAuction));
            phases.add(new Phase(Phase.Kind.CLOSING_AUCTION, closingAuction, close));
        }
        phases.add(new Phase(Phase.Kind.CLOSING_PRICE, minutes(close, 10), minutes(close, 30)));
        if (!date.isBefore(FIRST_AFTER_MARKET) && closeTime.equals(ORDINARY_CLOSE)) {
            phases.add(new Phase(Phase.Kind.AFTER_MARKET, at(date, AFTER_MARKET_START), at(date, AFTER_MARKET_END)));
        }
        return new Session(date, acceptance, open, close, phases);
    }

    private static Instant at(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(SEOUL).toInstant();
    }

    private static Instant minutes(Instant moment, int minutes) {
        return moment.plusSeconds(minutes * 60L);
    }
}
