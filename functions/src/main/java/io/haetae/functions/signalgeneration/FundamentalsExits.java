package io.haetae.functions.signalgeneration;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.job.Run;
import io.haetae.order.DeskResult;
import io.haetae.order.ExitRequest;
import io.haetae.order.Order;
import io.haetae.order.OrderDesk;
import io.haetae.order.OrderType;
import io.haetae.order.Validity;
import io.haetae.portfolio.Position;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Scores;
import io.haetae.signal.ExitRules;
import io.haetae.signal.SignalTerms;
import io.haetae.store.CorruptItemException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Sells holdings whose company is no longer what was bought, at the market, in the opening auction. */
final class FundamentalsExits {

    /** How much older than asked the earlier scores may be, in sessions, when a day's were never made. */
    private static final int SESSIONS_BACK = 10;

    private final TradingCalendar calendar;
    private final Scores scores;
    private final OrderDesk desk;
    private final SignalTerms terms;
    private final ExitRules rules;

    FundamentalsExits(TradingCalendar calendar, Scores scores, OrderDesk desk, SignalTerms terms) {
        this.calendar = calendar;
        this.scores = scores;
        this.desk = desk;
        this.terms = terms;
        this.rules = new ExitRules(terms);
    }

    /** @return how many exits were ordered, by this invocation of the slot or an earlier one */
    long sell(List<Position> held, ScoreSheet sheet, Session session, Run run, Report report)
            throws InterruptedException {
        if (held.isEmpty()) {
            return 0;
        }
        Optional<ScoreSheet> before = before(sheet.session(), report);
        long sold = 0;
        for (Position position : held) {
            String code = position.instrument().code();
            Optional<Score> now = sheet.score(code);
            if (now.isEmpty() || now.get().close() <= 0) {
                report.line(code + " held, no score of " + sheet.session());
                continue;
            }
            Optional<Score> then = before.flatMap(earlier -> earlier.score(code));
            ExitRules.Health health = new ExitRules.Health(
                    now.get().quality(),
                    now.get().growth(),
                    then.map(now.get()::compositeBeside).orElse(null),
                    then.map(score -> score.compositeBeside(now.get())).orElse(null));
            Optional<ExitRules.Exit> exit = rules.onFundamentals(health);
            if (exit.isPresent() && sell(position, exit.get(), now.get(), session, run, report)) {
                sold++;
            }
        }
        return sold;
    }

    private boolean sell(Position position, ExitRules.Exit exit, Score score, Session session, Run run, Report report)
            throws InterruptedException {
        DeskResult result = desk.exit(
                new ExitRequest(
                        session.date(),
                        position,
                        exit.rule(),
                        OrderType.MARKET,
                        BigDecimal.valueOf(score.close()),
                        position.quantity(),
                        BigDecimal.ONE,
                        new Validity(session.open(), session.close(), session.close()),
                        exit.reason()),
                run);
        String said = score.symbol() + " " + score.name() + " sold, " + exit.reason() + ": ";
        return switch (result) {
            case DeskResult.Carried(var order) -> ordered(said, order, report);
            case DeskResult.Standing(var order) -> ordered(said, order, report);
            case DeskResult.Denied(var denial) -> {
                report.line(said + "denied, " + denial);
                yield false;
            }
        };
    }

    private static boolean ordered(String said, Order order, Report report) {
        report.line(said + order.told());
        return true;
    }

    /** The newest scores that are old enough to compare with; empty when none were kept. */
    private Optional<ScoreSheet> before(LocalDate basis, Report report) {
        LocalDate date = basis.minusDays(terms.fallDays()).plusDays(1);
        for (int back = 0; back < SESSIONS_BACK; back++) {
            date = calendar.previous(date).date();
            try {
                Optional<ScoreSheet> sheet = scores.at(date);
                if (sheet.isPresent()) {
                    return sheet;
                }
            } catch (CorruptItemException e) {
                report.line("warning: scores of %s are not compared with: %s".formatted(date, e.getMessage()));
            }
        }
        return Optional.empty();
    }
}
