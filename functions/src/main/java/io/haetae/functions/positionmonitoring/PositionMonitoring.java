package io.haetae.functions.positionmonitoring;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.functions.FailedReads;
import io.haetae.job.JobBody;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.market.DailyRow;
import io.haetae.market.InstrumentId;
import io.haetae.market.KrxTicks;
import io.haetae.market.Quote;
import io.haetae.market.Quotes;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.market.Venue;
import io.haetae.order.AdvanceReport;
import io.haetae.order.DeskResult;
import io.haetae.order.ExitRequest;
import io.haetae.order.ExitRule;
import io.haetae.order.Fill;
import io.haetae.order.Order;
import io.haetae.order.OrderDesk;
import io.haetae.order.OrderType;
import io.haetae.order.Validity;
import io.haetae.portfolio.Account;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Position;
import io.haetae.risk.Books;
import io.haetae.risk.Marks;
import io.haetae.risk.RiskWatch;
import io.haetae.signal.ExitRules;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries working orders on, marks positions to the broker's quotes, raises trailing stops and sells what an exit rule
 * says; what it sells may fill in the same pass. Needs nothing of any other job.
 */
public final class PositionMonitoring implements JobBody {

    private final TradingCalendar calendar;
    private final Books books;
    private final Quotes quotes;
    private final Marks marks;
    private final RiskWatch watch;
    private final OrderDesk desk;
    private final TimeSource time;
    private final BigDecimal capital;

    /** @param capital what a dry run's book is opened with, won */
    public PositionMonitoring(
            TradingCalendar calendar,
            Books books,
            Quotes quotes,
            Marks marks,
            RiskWatch watch,
            OrderDesk desk,
            TimeSource time,
            BigDecimal capital) {
        this.calendar = calendar;
        this.books = books;
        this.quotes = quotes;
        this.marks = marks;
        this.watch = watch;
        this.desk = desk;
        this.time = time;
        this.capital = capital;
    }

    /** @throws QuotesUnavailableException when not one position could be priced */
    @Override
    public JobResult run(Run run) throws InterruptedException {
        AccountId id =
                new AccountId(run.slot().mode(), Venue.KIS, run.slot().user().orElseThrow(), "KRW");
        // Made before the first order of a person who runs this by hand on an empty folder.
        Account _ = books.read(id, capital);
        Tally tally = new Tally();
        tally.add(desk.advance(id, run));

        Account account = books.read(id, capital);
        List<Position> held = Books.held(account);
        Map<InstrumentId, Quote> answer = quotesOf(held);
        Instant now = time.now();
        Marks.Marked marked = marks.mark(held, now, answer);
        RiskWatch.Reading reading =
                watch.check(account, calendar.dateAt(now), now, marked.prices(), JobName.POSITION_MONITORING.text());
        tally.lines.addAll(marked.notes());
        Optional<Session> open = calendar.openAt(now);
        if (open.isPresent()) {
            for (Position position : Books.ours(account)) {
                look(position, answer.get(position.instrument()), reading.liquidate(), open.get(), run, tally);
            }
        } else if (!held.isEmpty()) {
            tally.lines.add("the market is closed: nothing is sold");
        }
        if (tally.exits > 0 || reading.haltedNow()) {
            tally.add(desk.advance(id, run));
        }
        return tally.failedReads.instead(new JobResult.Done(
                "%d positions, %d exits, %d fills".formatted(held.size(), tally.exits, tally.fills()),
                Map.of(
                        "positions",
                        (long) held.size(),
                        "exits",
                        tally.exits,
                        "fills",
                        tally.fills(),
                        "skipped",
                        tally.skipped,
                        "halted",
                        reading.haltedNow() ? 1L : 0L),
                List.of(),
                tally.lines()));
    }

    private Map<InstrumentId, Quote> quotesOf(List<Position> held) {
        if (held.isEmpty()) {
            return Map.of();
        }
        Map<InstrumentId, Quote> answer =
                quotes.quotes(held.stream().map(Position::instrument).toList());
        if (answer.isEmpty() && held.stream().anyMatch(Position::isOpen)) {
            throw new QuotesUnavailableException(
                    "none of " + held.size() + " positions was priced", new IllegalStateException("empty answer"));
        }
        return answer;
    }

    private void look(
            Position position, @Nullable Quote quote, boolean liquidate, Session session, Run run, Tally tally)
            throws InterruptedException {
        BigDecimal price = quote == null ? null : quote.last();
        if (quote == null || price == null || price.signum() <= 0) {
            tally.skip(position, "no price");
        } else if (!quote.tradable()) {
            tally.skip(position, quote.why());
        } else if (!Marks.isFresh(quote, time.now())) {
            tally.skip(position, "the quote is of " + quote.at());
        } else {
            Position seen = books.observe(position, price);
            Optional<ExitRules.Exit> exit = ExitRules.onPrice(seen, liquidate, price);
            if (exit.isPresent()) {
                sell(seen, exit.get(), price, session, run, tally);
            }
        }
    }

    private void sell(Position position, ExitRules.Exit exit, BigDecimal price, Session session, Run run, Tally tally)
            throws InterruptedException {
        Optional<BigDecimal> limit = limit(position, exit.rule(), session);
        DeskResult result = desk.exit(
                new ExitRequest(
                        session.date(),
                        position,
                        exit.rule(),
                        limit.isPresent() ? OrderType.LIMIT : OrderType.MARKET,
                        limit.orElse(price),
                        position.quantity(),
                        BigDecimal.ONE,
                        new Validity(session.open(), session.close(), session.close()),
                        exit.reason()),
                run);
        String said = position.instrument().code() + " " + exit.rule().text() + ", " + exit.reason() + ": ";
        switch (result) {
            case DeskResult.Carried(var order) -> tally.sells(said, order);
            case DeskResult.Standing(var order) -> tally.sells(said, order);
            case DeskResult.Denied(var denial) -> tally.lines.add(said + "denied, " + denial);
        }
    }

    /** Only a profit is taken at its price or better; every other exit wants out. Empty: at the market. */
    private Optional<BigDecimal> limit(Position position, ExitRule rule, Session session) {
        BigDecimal target = position.target();
        if (rule != ExitRule.TAKE_PROFIT || target == null) {
            return Optional.empty();
        }
        // Without the share's market its ticks are unknown, and an order off its ticks would be refused.
        return marks.newestDay(session.open())
                .flatMap(day -> day.row(position.instrument().code()))
                .map(DailyRow::market)
                .map(market -> BigDecimal.valueOf(KrxTicks.roundUp(session.date(), market, target)));
    }

    /** What the pass did so far. */
    private static final class Tally {
        private final List<String> lines = new ArrayList<>();
        private final FailedReads failedReads = new FailedReads();
        private long exits;
        private List<Fill> filled = List.of();
        private long skipped;

        void skip(Position position, String why) {
            skipped++;
            lines.add(position.instrument().code() + " skipped: " + why);
        }

        void sells(String said, Order order) {
            exits++;
            lines.add(said + order.told());
        }

        /** The fills are the slot's so far: those of a later report are the earlier ones' too. */
        void add(AdvanceReport report) {
            filled = report.fills();
            lines.addAll(report.problems());
            failedReads.add(report);
        }

        long fills() {
            return filled.size();
        }

        List<String> lines() {
            List<String> all = new ArrayList<>();
            for (Fill fill : filled) {
                all.add("%s %s %s at %s"
                        .formatted(
                                fill.instrument().code(),
                                fill.side(),
                                fill.quantity().toPlainString(),
                                fill.price().toPlainString()));
            }
            all.addAll(lines);
            return all;
        }
    }
}
