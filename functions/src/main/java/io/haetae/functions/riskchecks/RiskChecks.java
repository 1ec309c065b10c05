package io.haetae.functions.riskchecks;

import io.haetae.calendar.TradingCalendar;
import io.haetae.functions.FailedReads;
import io.haetae.job.JobBody;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.market.Venue;
import io.haetae.order.AdvanceReport;
import io.haetae.order.OrderDesk;
import io.haetae.portfolio.Account;
import io.haetae.portfolio.AccountId;
import io.haetae.risk.Books;
import io.haetae.risk.Marks;
import io.haetae.risk.RiskWatch;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Marks the account to the newest known prices, keeps a row of risk metrics, and halts trading when too much is lost;
 * a halt cancels what entries still work in the same run. Needs nothing of any other job.
 */
public final class RiskChecks implements JobBody {

    private final TradingCalendar calendar;
    private final Books books;
    private final Marks marks;
    private final RiskWatch watch;
    private final OrderDesk desk;
    private final TimeSource time;
    private final BigDecimal capital;

    /** @param capital what a dry run's book is opened with, won */
    public RiskChecks(
            TradingCalendar calendar,
            Books books,
            Marks marks,
            RiskWatch watch,
            OrderDesk desk,
            TimeSource time,
            BigDecimal capital) {
        this.calendar = calendar;
        this.books = books;
        this.marks = marks;
        this.watch = watch;
        this.desk = desk;
        this.time = time;
        this.capital = capital;
    }

    /** @throws io.haetae.market.QuotesUnavailableException after the row was kept with older prices */
    @Override
    public JobResult run(Run run) throws InterruptedException {
        AccountId account =
                new AccountId(run.slot().mode(), Venue.KIS, run.slot().user().orElseThrow(), "KRW");
        Checked checked = check(account);
        FailedReads failedReads = new FailedReads();
        AdvanceReport advanced = desk.advance(account, run);
        failedReads.add(advanced);
        if (!advanced.fills().isEmpty()) {
            checked = check(account);
            if (checked.reading().haltedNow()) {
                // The fills themselves showed the loss: what still works is cancelled now, not in half an hour.
                failedReads.add(desk.advance(account, run));
            }
        }
        if (checked.marked().failure().isPresent()) {
            throw checked.marked().failure().get();
        }
        List<String> lines = new ArrayList<>(checked.marked().notes());
        lines.addAll(advanced.problems());
        RiskWatch.Reading reading = checked.reading();
        return failedReads.instead(new JobResult.Done(
                reading.line(),
                Map.of(
                        "positions", (long) reading.metrics().positions(),
                        "warnings", (long) reading.warnings().size(),
                        "halted", reading.haltedNow() ? 1L : 0L,
                        "fills", (long) advanced.fills().size(),
                        "problems", (long) advanced.problems().size()),
                List.of(),
                lines));
    }

    private Checked check(AccountId id) {
        Account account = books.read(id, capital);
        Instant now = time.now();
        Marks.Marked marked = marks.mark(Books.held(account), now);
        RiskWatch.Reading reading =
                watch.check(account, calendar.dateAt(now), now, marked.prices(), JobName.RISK_CHECKS.text());
        return new Checked(marked, reading);
    }

    private record Checked(Marks.Marked marked, RiskWatch.Reading reading) {}
}
