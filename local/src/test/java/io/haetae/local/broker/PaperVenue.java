package io.haetae.local.broker;

import io.haetae.calendar.Session;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.market.InstrumentId;
import io.haetae.market.KrxCosts;
import io.haetae.market.KrxMarket;
import io.haetae.market.KrxTradeRules;
import io.haetae.market.Quote;
import io.haetae.market.Quotes;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.market.Venue;
import io.haetae.order.Broker;
import io.haetae.order.Side;
import io.haetae.order.Validity;
import io.haetae.order.paper.PaperBook;
import io.haetae.order.paper.PaperBroker;
import io.haetae.order.paper.PaperOrder;
import io.haetae.order.paper.PaperTerms;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.store.Action;
import io.haetae.store.Condition;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outcome;
import io.haetae.store.PaperBookMapper;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.StoreUnavailableException;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The paper broker over a store and over quotes of one share that stand where they are put. */
final class PaperVenue implements VenueUnderTest {

    private static final LocalDate SESSION = LocalDate.of(2026, 1, 5);
    private static final Session HOURS = XkrxCalendar.bundled().session(SESSION).orElseThrow();
    private static final InstrumentId SHARE = new InstrumentId(Venue.KIS, "000110");
    private static final AccountId ACCOUNT = new AccountId(Mode.DRY_RUN, Venue.KIS, "someone", "KRW");
    private static final long PRICE = 10_000;
    private static final long AMPLE = 100_000_000;

    private final VirtualTime time = new VirtualTime(HOURS.open().plusSeconds(3_600));
    private final Line line = new Line();
    private final PaperBook book = new PaperBookMapper(line);
    private final Standing quotes = new Standing();
    private final KrxTradeRules rules =
            new KrxTradeRules(new KrxCosts(XkrxCalendar.bundled()), _ -> Optional.of(KrxMarket.KOSPI));
    private final PaperBroker paper = new PaperBroker(book, quotes, rules, rules, PaperTerms.krx(), time);

    @Override
    public Broker broker() {
        return paper;
    }

    @Override
    public VirtualTime time() {
        return time;
    }

    @Override
    public AccountId account() {
        return ACCOUNT;
    }

    @Override
    public LocalDate session() {
        return SESSION;
    }

    @Override
    public Validity validity() {
        return new Validity(HOURS.open(), HOURS.close(), HOURS.close());
    }

    @Override
    public Instant closed() {
        return HOURS.close().plusSeconds(1);
    }

    @Override
    public boolean takesOrdersWhileClosed() {
        return false;
    }

    @Override
    public InstrumentId instrument() {
        return SHARE;
    }

    @Override
    public BigDecimal resting(Side side) {
        return won(side == Side.BUY ? 9_000 : 11_000);
    }

    @Override
    public BigDecimal crossing(Side side) {
        return won(side == Side.BUY ? 10_100 : 9_900);
    }

    @Override
    public int posts() {
        return line.placed;
    }

    @Override
    public int taken() {
        return book.orders(ACCOUNT, SESSION).size();
    }

    /** A trade at the limit, with so much volume that the broker's share of it is what is asked for. */
    @Override
    public void fill(String brokerId, BigDecimal quantity) {
        PaperOrder order = book.orders(ACCOUNT, SESSION).stream()
                .filter(candidate -> brokerId.endsWith(candidate.id()))
                .findFirst()
                .orElseThrow();
        // The first look at an order only remembers the session's low and high.
        Broker.Read<?> _ = paper.orders(ACCOUNT, SESSION);
        quotes.last = order.limit().longValueExact();
        quotes.volume = order.filled().add(quantity).longValueExact() * 10;
        Broker.Read<?> _ = paper.orders(ACCOUNT, SESSION);
        quotes.last = PRICE;
        quotes.volume = AMPLE;
    }

    /** Its only refusals are of orders that come too late. */
    @Override
    public void rejectNext() {
        time.advanceTo(closed());
    }

    @Override
    public void dropNext() {
        line.next = Fault.BEFORE;
    }

    @Override
    public void loseNextAnswer() {
        line.next = Fault.AFTER;
    }

    @Override
    public void loseNextCancelAnswer() {
        line.next = Fault.AFTER;
    }

    @Override
    public Set<Failure> failures(Reading reading) {
        return reading == Reading.ORDERS ? EnumSet.of(Failure.DOWN) : EnumSet.noneOf(Failure.class);
    }

    @Override
    public void failNext(Reading reading, Failure failure) {
        if (!failures(reading).contains(failure)) {
            throw new IllegalArgumentException(reading + " " + failure);
        }
        quotes.down = true;
    }

    @Override
    public boolean hasPeople() {
        return false;
    }

    @Override
    public void close() {
        line.close();
    }

    private static BigDecimal won(long amount) {
        return BigDecimal.valueOf(amount);
    }

    private enum Fault {
        NONE,
        BEFORE,
        AFTER
    }

    /** What stands for the wire: the store that the paper broker writes to. */
    private static final class Line implements Store {

        private final MemoryStore store = new MemoryStore();
        private Fault next = Fault.NONE;
        private int placed;

        @Override
        public Optional<Item> get(Key key) {
            return store.get(key);
        }

        @Override
        public List<Item> getAll(List<Key> keys) {
            return store.getAll(keys);
        }

        @Override
        public List<Item> query(Query query) {
            return store.query(query);
        }

        @Override
        public Outcome commit(List<Action> actions) {
            Fault fault = next;
            next = Fault.NONE;
            boolean places = actions.getFirst().conditions().contains(Condition.absent());
            placed += places ? 1 : 0;
            if (fault == Fault.BEFORE) {
                throw new StoreUnavailableException("down", new IllegalStateException("down"));
            }
            Outcome outcome = store.commit(actions);
            return fault == Fault.AFTER ? new Outcome.Uncertain("the answer was lost") : outcome;
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** One share's price, of the moment it is asked for. */
    private final class Standing implements Quotes {

        private long last = PRICE;
        private long volume = AMPLE;
        private boolean down;

        @Override
        public Map<InstrumentId, Quote> quotes(Collection<InstrumentId> instruments) {
            if (down) {
                down = false;
                throw new QuotesUnavailableException("no answer", new IllegalStateException("down"));
            }
            BigDecimal price = won(last);
            return Map.of(
                    SHARE,
                    new Quote(
                            SHARE,
                            price,
                            null,
                            null,
                            won(PRICE),
                            price,
                            price,
                            volume,
                            won(PRICE),
                            null,
                            null,
                            time.now(),
                            true,
                            ""));
        }
    }
}
