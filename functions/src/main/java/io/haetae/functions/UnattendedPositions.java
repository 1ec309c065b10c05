package io.haetae.functions;

import io.haetae.event.DomainEvent;
import io.haetae.functions.control.Accounts;
import io.haetae.job.JobResult;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Portfolios;
import io.haetae.portfolio.Position;
import io.haetae.store.Action;
import io.haetae.store.Condition;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outbox;
import io.haetae.store.Outcome;
import io.haetae.store.Store;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holdings bought with real money that nobody looks after, because the settings say another mode now. */
final class UnattendedPositions {

    private final Store store;
    private final Portfolios portfolios;

    UnattendedPositions(Store store, Portfolios portfolios) {
        this.store = store;
        this.portfolios = portfolios;
    }

    /** The result with a line about them, if there are any; as an event once a day. */
    JobResult toldBeside(JobResult result, Mode mode, Venue venue, String user, Instant now) {
        Optional<String> line = mode == Mode.LIVE ? Optional.empty() : found(mode, venue, user, now);
        if (line.isEmpty()) {
            return result;
        }
        return switch (result) {
            case JobResult.Done done ->
                new JobResult.Done(
                        done.reason(), done.statistics(), done.followUps(), beside(done.lines(), line.get()));
            case JobResult.Skipped skipped ->
                new JobResult.Skipped(skipped.reason(), beside(skipped.lines(), line.get()), skipped.followUps());
            case JobResult.Refused refused ->
                new JobResult.Refused(refused.reason(), beside(refused.lines(), line.get()));
            case JobResult.Failed _, JobResult.AlreadyDone _, JobResult.Coalesced _ -> result;
        };
    }

    private Optional<String> found(Mode mode, Venue venue, String user, Instant now) {
        AccountId live = Accounts.of(user, venue, Mode.LIVE);
        List<String> held = portfolios.positions(live).stream()
                .filter(Position::isOpen)
                .map(position ->
                        position.instrument().code() + " " + position.quantity().toPlainString())
                .toList();
        if (held.isEmpty()) {
            return Optional.empty();
        }
        String what = "%s holds %s, and nobody looks after it: the settings say mode %s"
                .formatted(live, String.join(", ", held), mode);
        alarm(live, mode, what, now);
        return Optional.of(what);
    }

    private void alarm(AccountId live, Mode mode, String what, Instant now) {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Key told = Key.state("UNATTENDED#" + live, day.toString());
        if (store.get(told).isPresent()) {
            return;
        }
        DomainEvent event = new DomainEvent(
                "unattended/" + live + "#" + day,
                "LivePositionsUnattended",
                live.toString(),
                now,
                Map.of("mode", live.mode().name(), "configured", mode.name(), "reason", what));
        // Refused: another run has said it. Uncertain: the next run says it.
        Outcome _ = store.commit(List.of(
                Action.put(Item.at(told).with("at", now.toString()).build(), Condition.absent()), Outbox.put(event)));
    }

    private static List<String> beside(List<String> lines, String line) {
        List<String> all = new ArrayList<>(lines);
        all.add(line);
        return all;
    }
}
