package io.haetae.local.market;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A market made from a seed: 950 KOSPI and 1,750 KOSDAQ shares from {@link #FIRST_SESSION} to the end of the known
 * calendar, and calmer history from {@link #EARLIEST_SESSION} on. One factor moves all of them, each moves by itself besides; ticks and daily limits hold; there are splits,
 * suspended and tradeless days and new listings. The same seed is the same market to the byte, on any machine.
 *
 * <p>Some things hold for every seed, so that a first day has something to show:
 *
 * <ul>
 *   <li>Some 7 % of the shares are sound companies: little volatility, low PER and PBR, a good return on equity, lively
 *       trade; most of them have been rising for two months before {@link #DEFAULT_DAY}.
 *   <li>On {@link #DEFAULT_DAY} the market falls 0.5 % to 1.2 %, most shares fall early in the day, and many trade 1 %
 *       and more below their previous close.
 *   <li>A few shares took their name in the half year before {@link #DEFAULT_DAY}, and a few leave the market in the weeks after
 *       it. A dozen are listed on KONEX.
 * </ul>
 */
public final class GeneratedMarket implements SimulatedMarket {

    /** The oldest session: three years lie from it to {@link #DEFAULT_DAY}. All prices are on the ticks since then. */
    public static final LocalDate EARLIEST_SESSION = LocalDate.of(2023, 2, 1);

    /** The oldest session that is made in order: 333 lie from it to {@link #DEFAULT_DAY}. */
    public static final LocalDate FIRST_SESSION = LocalDate.of(2024, 11, 1);

    /** The day to play when none is asked for. */
    public static final LocalDate DEFAULT_DAY = LocalDate.of(2026, 3, 18);

    /**
     * How many shares there are, by kind.
     *
     * @param preferred of the KOSPI's; each has a common share beside it
     * @param newStyle whose codes hold a letter, a third of them on the KOSPI
     */
    private record Size(int kospi, int kosdaq, int preferred, int newStyle) {
        private static final int KONEX = 12;

        private static final Size WHOLE = new Size(950, 1_750, 40, 45);

        /** The same proportions in about so many shares. */
        static Size of(int symbols) {
            return new Size(symbols * 35 / 100, symbols * 65 / 100, symbols * 15 / 1000, symbols * 17 / 1000);
        }
    }

    private static final String CODE_LETTERS = "ABCDFGHJKLMNPRSTVWXYZ";
    private static final int RISING_SESSIONS = 45;
    private static final int HALTED = -1;

    private final long seed;
    private final String world;
    private final TreeSet<LocalDate> dates = new TreeSet<>();
    private final List<LocalDate> sessions;
    private final Map<LocalDate, Integer> sessionIndex = new HashMap<>();
    private final Map<String, Integer> symbolIndex = new HashMap<>();
    private final Share[] shares;
    private final List<Listing> listings;
    private final List<LocalDate> early;
    private final List<LocalDate> allSessions;
    private final EarlyPrices earlyPrices;
    private final IntradayPath path;

    /** A share and all its days; the arrays are indexed by session. */
    private static final class Share {
        private final String symbol;
        private final CompanyNames.Name name;
        private final KrxMarket market;
        private int first;
        private final int[] open;
        private final int[] high;
        private final int[] low;
        private final int[] close;
        private final int[] base;
        private final int[] volume;
        /** The session from which one share is {@code ratio} shares; 0 when that never happens. */
        private int splitSession;

        private int ratio = 1;
        /** The first session that it is no longer in; beyond all sessions for most. */
        private int gone = Integer.MAX_VALUE;
        /** The session from which it has its name; before it the former one. */
        private int renamed;

        private boolean sound;
        private long listed;
        /** By calendar quarter since the first session, as of before a split; empty when there are no figures. */
        private double[] eps = {};

        private double[] bps = {};

        private Share(String symbol, CompanyNames.Name name, KrxMarket market, int sessions) {
            this.symbol = symbol;
            this.name = name;
            this.market = market;
            this.open = new int[sessions];
            this.high = new int[sessions];
            this.low = new int[sessions];
            this.close = new int[sessions];
            this.base = new int[sessions];
            this.volume = new int[sessions];
        }

        /** Traded on an ordinary day, by its first month. */
        private long usual() {
            long sum = 0;
            int days = 0;
            for (int s = first; s < Math.min(first + 20, volume.length); s++) {
                sum += Math.max(volume[s], 0);
                days++;
            }
            return Math.max(1, sum / days);
        }

        private boolean isListed(int session) {
            return first <= session && session < gone;
        }

        private String nameOn(int session) {
            return session < renamed ? name.korean() + "산업" : name.korean();
        }

        private boolean splitBy(int session) {
            return ratio > 1 && session >= splitSession;
        }
    }

    /** What kind of share it is, drawn once. */
    private record Nature(
            boolean sound, boolean rising, boolean quiet, double beta, double sigma, double price, double volume) {}

    public GeneratedMarket(long seed) {
        this(seed, XkrxCalendar.bundled());
    }

    /** A smaller market of about {@code symbols} shares, for a quick day: another world than the whole one of that seed. */
    public static GeneratedMarket small(long seed, int symbols) {
        return new GeneratedMarket(seed, XkrxCalendar.bundled(), Size.of(symbols), ":" + symbols);
    }

    GeneratedMarket(long seed, TradingCalendar calendar) {
        this(seed, calendar, Size.WHOLE, "");
    }

    private GeneratedMarket(long seed, TradingCalendar calendar, Size size, String suffix) {
        this.seed = seed;
        this.world = "simulated:" + seed + suffix;
        for (Session session : calendar.sessionsBetween(FIRST_SESSION, calendar.lastKnown())) {
            sessionIndex.put(session.date(), dates.size());
            dates.add(session.date());
        }
        this.sessions = List.copyOf(dates);
        this.early = calendar.sessionsBetween(EARLIEST_SESSION, FIRST_SESSION.minusDays(1)).stream()
                .map(Session::date)
                .toList();
        dates.addAll(early);
        this.allSessions = List.copyOf(dates);
        this.earlyPrices = new EarlyPrices(seed);
        this.path = new IntradayPath(calendar, dates);
        this.shares = universe(size, new Rng(Rng.mix(seed, 1)), sessions.size());
        double[] factor = factor(new Rng(Rng.mix(seed, 2)));
        IntStream.range(0, shares.length).parallel().forEach(i -> live(shares[i], factor));
        List<Listing> all = new ArrayList<>(shares.length);
        for (int i = 0; i < shares.length; i++) {
            Share share = shares[i];
            fate(share);
            symbolIndex.put(share.symbol, i);
            LocalDate listed = share.first > 0
                    ? sessions.get(share.first)
                    : LocalDate.ofEpochDay(7_000 + Math.floorMod(Rng.mix(seed, Rng.hash(share.symbol)), 12_000));
            long count = share.listed * (share.splitBy(sessions.size() - 1) ? share.ratio : 1);
            all.add(new Listing(share.symbol, share.name.korean(), share.market, count, listed));
        }
        this.listings = List.copyOf(all);
    }

    private static Share[] universe(Size size, Rng rng, int sessions) {
        TreeSet<String> codes = new TreeSet<>();
        CompanyNames names = new CompanyNames();
        List<Share> all = new ArrayList<>();
        int common = size.kospi() + size.kosdaq() - size.preferred() - size.newStyle();
        for (int i = 0; i < common; i++) {
            String code = fresh(codes, rng, false);
            KrxMarket market =
                    i < size.kospi() - size.preferred() - size.newStyle() / 3 ? KrxMarket.KOSPI : KrxMarket.KOSDAQ;
            CompanyNames.Name name = names.next(rng);
            all.add(new Share(code, name, market, sessions));
            if (i < size.preferred()) {
                String preferred = code.substring(0, 5) + "K";
                codes.add(preferred);
                CompanyNames.Name of = new CompanyNames.Name(name.korean() + "우", name.english() + " (1P)");
                all.add(new Share(preferred, of, KrxMarket.KOSPI, sessions));
            }
        }
        for (int i = 0; i < size.newStyle(); i++) {
            KrxMarket market = i < size.newStyle() / 3 ? KrxMarket.KOSPI : KrxMarket.KOSDAQ;
            all.add(new Share(fresh(codes, rng, true), names.next(rng), market, sessions));
        }
        for (int i = 0; i < Size.KONEX; i++) {
            all.add(new Share(fresh(codes, rng, false), names.next(rng), KrxMarket.KONEX, sessions));
        }
        all.sort((a, b) -> a.symbol.compareTo(b.symbol));
        return all.toArray(Share[]::new);
    }

    private static String fresh(TreeSet<String> codes, Rng rng, boolean newStyle) {
        while (true) {
            String code = newStyle
                    ? padded(1 + rng.below(199), 4) + CODE_LETTERS.charAt(rng.below(CODE_LETTERS.length())) + "0"
                    : padded(10 + rng.below(45_000), 5) + "0";
            if (codes.add(code)) {
                return code;
            }
        }
    }

    private static String padded(int number, int width) {
        String digits = Integer.toString(number);
        return "0".repeat(width - digits.length()) + digits;
    }

    /** The market's own daily returns. Calm and slightly rising before the default day, down on it, level after it. */
    private double[] factor(Rng rng) {
        double[] factor = new double[sessions.size()];
        for (int s = 0; s < factor.length; s++) {
            factor[s] = 0.0003 + 0.008 * rng.bell();
        }
        int day = sessionIndex.getOrDefault(DEFAULT_DAY, 0);
        double mean = 0;
        for (int s = day - RISING_SESSIONS; s < day; s++) {
            factor[s] *= 0.75;
            mean += factor[s] / RISING_SESSIONS;
        }
        for (int s = day - RISING_SESSIONS; s < day; s++) {
            factor[s] += 0.0006 - mean;
        }
        factor[day] = -rng.between(0.005, 0.012);
        return factor;
    }

    private static Nature nature(Share share, Rng rng) {
        boolean quiet = share.symbol.charAt(5) == 'K' || rng.chance(0.05);
        boolean sound = !quiet && rng.chance(0.07);
        if (sound) {
            return new Nature(
                    true,
                    rng.chance(0.7),
                    false,
                    rng.between(0.5, 0.9),
                    rng.between(0.008, 0.012),
                    StrictMath.exp(rng.between(StrictMath.log(3_000), StrictMath.log(60_000))),
                    StrictMath.exp(rng.between(StrictMath.log(300_000), StrictMath.log(3_000_000))));
        }
        double price = Math.clamp(8_500 * StrictMath.exp(1.05 * rng.bell()), 1_300, 500_000);
        double worth = quiet ? 2e7 : 2.5e9 * StrictMath.exp(1.3 * rng.bell());
        return new Nature(
                false,
                false,
                quiet,
                rng.between(0.5, 1.5),
                0.021 * StrictMath.exp(0.35 * rng.bell()),
                price,
                Math.clamp(worth / price, 15, 20_000_000));
    }

    /** A few shares took their name in the half year before the default day, a few leave the market in the weeks after it. */
    private void fate(Share share) {
        Rng rng = new Rng(Rng.mix(seed, Rng.hash("fate of " + share.symbol)));
        int day = sessionIndex.getOrDefault(DEFAULT_DAY, 0);
        if (rng.chance(0.004)) {
            share.renamed = day - 10 - rng.below(110);
        }
        if (!share.sound && rng.chance(0.004)) {
            share.gone = day + 5 + rng.below(60);
        }
    }

    /** Fills the share's days from its first to the last. */
    private void live(Share share, double[] factor) {
        Rng rng = new Rng(Rng.mix(seed, Rng.hash(share.symbol)));
        Nature kind = nature(share, rng);
        share.sound = kind.sound();
        int days = sessions.size();
        int day = sessionIndex.getOrDefault(DEFAULT_DAY, 0);
        boolean newStyle = !Character.isDigit(share.symbol.charAt(4));
        share.first = rng.chance(newStyle ? 0.6 : kind.sound() ? 0.0 : 0.025) ? 1 + rng.below(days - 40) : 0;
        share.listed = Math.round(Math.clamp(1.5e11 * StrictMath.exp(1.2 * rng.bell()) / kind.price(), 2e5, 6e9));
        if (!kind.sound() && kind.price() > 40_000 && rng.chance(0.15)) {
            share.splitSession = share.first + 20 + rng.below(Math.max(1, days - share.first - 20));
            share.ratio = rng.chance(0.5) ? 5 : rng.chance(0.5) ? 10 : 2;
        }
        figures(share, kind, rng);

        int previous = (int) TickGrid.COMMON.down(Math.round(kind.price()));
        int haltedUntil = 0;
        int phaseEnds = 0;
        boolean up = false;
        for (int s = share.first; s < days; s++) {
            int base = previous;
            boolean resumes = share.ratio > 1 && s == share.splitSession;
            if (resumes && previous / share.ratio < 2_000) {
                share.ratio = 1;
                resumes = false;
            }
            if (resumes) {
                base = (int) TickGrid.COMMON.up((previous + share.ratio - 1) / share.ratio);
            }
            if (s >= phaseEnds) {
                up = !up;
                phaseEnds = s + 25 + rng.below(30);
            }
            if (s >= haltedUntil && !kind.sound() && rng.chance(0.0005)) {
                haltedUntil = s + 1 + rng.below(24);
            }
            boolean paperWork = share.ratio > 1 && s < share.splitSession && s >= share.splitSession - 3;
            boolean halted = (s < haltedUntil || paperWork) && s != share.first && !resumes;
            share.base[s] = base;
            if (halted || (kind.quiet() && rng.chance(0.2) && s != share.first)) {
                share.close[s] = base;
                share.volume[s] = halted ? HALTED : 0;
            } else {
                boolean forced = kind.rising() && s >= day - RISING_SESSIONS && s < day;
                double drift = forced ? 0.0022 : kind.sound() && s != day ? (up ? 0.0015 : -0.0008) : 0;
                trade(share, kind, s, s == day, drift, factor[s], rng);
                lively(share, kind, s, forced ? (s - day + 20) * 0.012 : 0, rng);
            }
            previous = share.close[s];
        }
    }

    private static void trade(Share share, Nature kind, int s, boolean downDay, double drift, double factor, Rng rng) {
        int base = share.base[s];
        long upper = upper(share, s);
        long lower = lower(share, s);
        double sigma = kind.sigma();
        double alone = sigma * rng.bell();
        if (!kind.sound() && rng.chance(0.01)) {
            alone *= rng.between(2, 9);
        }
        if (s == share.first && s > 0) {
            alone = 0.25 + 0.45 * rng.bell();
        }
        // Far from where it began a price is drawn back a little, so that none leaves for the sky or the ground.
        double home = 0.0008 * StrictMath.log(kind.price() / (share.splitBy(s) ? share.ratio : 1) / base);
        double change = drift + home + (downDay ? Math.max(kind.beta(), 0.8) : kind.beta()) * factor + alone;
        long close = price(base * StrictMath.exp(change), lower, upper);
        double gap = downDay ? 0.4 * factor + 0.2 * alone : 0.3 * change;
        long open = price(base * StrictMath.exp(gap + 0.25 * sigma * rng.bell()), lower, upper);
        double rise = Math.abs(rng.bell()) * 0.45 * sigma;
        double fall = Math.abs(rng.bell()) * 0.45 * sigma + (downDay ? 0.004 : 0);
        share.open[s] = (int) open;
        share.close[s] = (int) close;
        share.high[s] = (int) Math.max(Math.max(open, close), price(Math.max(open, close) * (1 + rise), lower, upper));
        share.low[s] = (int) Math.min(Math.min(open, close), price(Math.min(open, close) * (1 - fall), lower, upper));
    }

    /** The nearest price on the grid that the day allows. */
    private static long price(double exact, long lower, long upper) {
        long rounded = Math.round(exact);
        long tick = TickGrid.COMMON.tick(rounded);
        long price = (rounded + tick / 2) / tick * tick;
        return Math.clamp(Math.clamp(price, 1_000, 1_000_000), lower, upper);
    }

    private static void lively(Share share, Nature kind, int s, double swell, Rng rng) {
        double moved = Math.abs((double) share.close[s] / share.base[s] - 1);
        double spread = kind.sound() ? 0.25 : 0.55;
        double volume = kind.volume()
                * (share.splitBy(s) ? share.ratio : 1)
                * StrictMath.exp(spread * rng.bell() + Math.min(moved * 12, 2.5) + Math.clamp(swell, -0.2, 0.3));
        share.volume[s] = (int) Math.clamp(Math.round(volume), 1, 1_500_000_000);
    }

    private void figures(Share share, Nature kind, Rng rng) {
        if (kind.quiet() || (!kind.sound() && rng.chance(0.02))) {
            return;
        }
        boolean loss = !kind.sound() && rng.chance(0.2);
        double per = kind.sound() ? rng.between(6, 12) : Math.clamp(14 * StrictMath.exp(0.7 * rng.bell()), 2, 300);
        double pbr = kind.sound()
                ? Math.clamp(per * rng.between(0.12, 0.22), 0.6, 2.0)
                : Math.clamp(1.2 * StrictMath.exp(0.6 * rng.bell()), 0.15, 15);
        double eps = (loss ? -1 : 1) * kind.price() / per;
        double bps = kind.price() / pbr;
        int quarters = quarter(sessions.getLast()) + 1;
        share.eps = new double[quarters];
        share.bps = new double[quarters];
        for (int q = 0; q < quarters; q++) {
            share.eps[q] = eps;
            share.bps[q] = bps;
            double growth = kind.sound() ? rng.between(0.01, 0.05) : 0.05 * rng.bell();
            eps *= 1 + growth;
            bps *= 1 + Math.clamp(eps / bps / 4, -0.03, 0.04);
        }
    }

    private static int quarter(LocalDate date) {
        return date.getYear() * 4
                + (date.getMonthValue() - 1) / 3
                - FIRST_SESSION.getYear() * 4
                - (FIRST_SESSION.getMonthValue() - 1) / 3;
    }

    /** A first day may reach four times the offer price. */
    private static long upper(Share share, int s) {
        long base = share.base[s];
        return s == share.first && s > 0 ? TickGrid.COMMON.down(base * 4) : TickGrid.COMMON.upper(base, share.market);
    }

    private static long lower(Share share, int s) {
        long base = share.base[s];
        return s == share.first && s > 0
                ? TickGrid.COMMON.up(base * 6 / 10)
                : TickGrid.COMMON.lower(base, share.market);
    }

    @Override
    public String world() {
        return world;
    }

    @Override
    public LocalDate firstSession() {
        return allSessions.getFirst();
    }

    @Override
    public LocalDate anchorSession() {
        return FIRST_SESSION;
    }

    @Override
    public LocalDate lastSession() {
        return sessions.getLast();
    }

    @Override
    public LocalDate defaultDay() {
        return DEFAULT_DAY;
    }

    @Override
    public List<LocalDate> sessions() {
        return allSessions;
    }

    @Override
    public List<Listing> listings() {
        return listings;
    }

    @Override
    public Optional<Listing> listing(String symbol) {
        return Optional.ofNullable(symbolIndex.get(symbol)).map(listings::get);
    }

    @Override
    public List<DailyRow> rows(LocalDate session, KrxMarket market) {
        Integer s = sessionIndex.get(session);
        List<DailyRow> rows = new ArrayList<>(shares.length);
        if (s == null) {
            int back = back(session);
            for (Share share : shares) {
                if (share.market == market && back > 0 && share.first == 0) {
                    rows.add(earlyRow(share, back));
                }
            }
            return rows;
        }
        for (Share share : shares) {
            if (share.market == market && share.isListed(s)) {
                rows.add(row(share, s));
            }
        }
        return rows;
    }

    /** Sessions before {@link #FIRST_SESSION}; 0 when it is none of the early ones. */
    private int back(LocalDate session) {
        int at = Collections.binarySearch(early, session);
        return at < 0 ? 0 : early.size() - at;
    }

    private DailyRow earlyRow(Share share, int back) {
        long number = Rng.mix(seed, Rng.hash(share.symbol));
        EarlyPrices.Day day = earlyPrices.day(number, share.base[0], share.usual(), back);
        long mean = (day.open() + day.high() + day.low() + day.close()) / 4;
        return new DailyRow(
                share.symbol,
                share.nameOn(-back),
                share.market,
                day.open(),
                day.high(),
                day.low(),
                day.close(),
                day.close() - day.base(),
                day.volume(),
                day.volume() * mean,
                share.listed);
    }

    private static DailyRow row(Share share, int s) {
        long volume = Math.max(share.volume[s], 0);
        long mean = ((long) share.open[s] + share.high[s] + share.low[s] + share.close[s]) / 4;
        return new DailyRow(
                share.symbol,
                share.nameOn(s),
                share.market,
                share.open[s],
                share.high[s],
                share.low[s],
                share.close[s],
                share.close[s] - share.base[s],
                volume,
                volume * mean,
                share.listed * (share.splitBy(s) ? share.ratio : 1));
    }

    /** The share when it is listed on that session. */
    private @Nullable Share listed(String symbol, @Nullable Integer s) {
        Integer i = symbolIndex.get(symbol);
        return i == null || s == null || !shares[i].isListed(s) ? null : shares[i];
    }

    @Override
    public Optional<DailyRow> row(LocalDate session, String symbol) {
        Integer s = sessionIndex.get(session);
        if (s == null) {
            int back = back(session);
            Integer i = symbolIndex.get(symbol);
            return back == 0 || i == null || shares[i].first > 0
                    ? Optional.empty()
                    : Optional.of(earlyRow(shares[i], back));
        }
        Share share = listed(symbol, s);
        return share == null ? Optional.empty() : Optional.of(row(share, s));
    }

    @Override
    public Optional<Fundamentals> fundamentals(LocalDate session, String symbol) {
        Integer i = symbolIndex.get(symbol);
        Optional<DailyRow> row = row(session, symbol);
        if (i == null || row.isEmpty() || shares[i].eps.length == 0) {
            return Optional.empty();
        }
        Share share = shares[i];
        Integer s = sessionIndex.get(session);
        int quarter = s == null ? 0 : quarter(session);
        int ratio = s != null && share.splitBy(s) ? share.ratio : 1;
        double eps = Math.round(share.eps[quarter] / ratio);
        double bps = Math.round(share.bps[quarter] / ratio);
        long close = row.get().close();
        return Optional.of(new Fundamentals(symbol, hundredths(close, eps), hundredths(close, bps), eps, bps));
    }

    @Override
    public List<CompanyAccounts> companies() {
        List<CompanyAccounts> companies = new ArrayList<>();
        int first = FIRST_SESSION.getYear() * 4 + (FIRST_SESSION.getMonthValue() - 1) / 3;
        for (int i = 0; i < shares.length; i++) {
            Share share = shares[i];
            if (share.eps.length > 0 && share.market != KrxMarket.KONEX) {
                companies.add(new CompanyAccounts(listings.get(i), share.listed, first, share.eps, share.bps));
            }
        }
        return companies;
    }

    private static @Nullable Double hundredths(double price, double figure) {
        return figure == 0 ? null : Math.round(price / figure * 100) / 100.0;
    }

    @Override
    public Optional<Moment> at(Instant at, String symbol) {
        LocalDate session = path.shown(at);
        Integer i = symbolIndex.get(symbol);
        Optional<DailyRow> row = session == null ? Optional.empty() : row(session, symbol);
        if (session == null || i == null || row.isEmpty()) {
            return Optional.empty();
        }
        Share share = shares[i];
        Integer s = sessionIndex.get(session);
        int lowFirst = session.equals(DEFAULT_DAY) ? 75 : 50;
        long upper = s == null ? TickGrid.COMMON.upper(row.get().base(), share.market) : upper(share, s);
        long lower = s == null ? TickGrid.COMMON.lower(row.get().base(), share.market) : lower(share, s);
        boolean halted = s != null && share.volume[s] == HALTED;
        return Optional.of(path.at(at, session, row.get(), upper, lower, halted, lowFirst));
    }

    @Override
    public List<String> notes() {
        return List.of("prices are simulated from seed " + seed + "; no real company or price is among them");
    }
}
