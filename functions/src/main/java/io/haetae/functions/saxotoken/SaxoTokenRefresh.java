package io.haetae.functions.saxotoken;

import io.haetae.job.JobBody;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.saxo.SaxoToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renews the Saxo tokens when they are due, whether or not anything else runs. */
public final class SaxoTokenRefresh implements JobBody {

    private final SaxoToken token;

    public SaxoTokenRefresh(SaxoToken token) {
        this.token = token;
    }

    /** @throws io.haetae.saxo.AuthenticationRequiredException when a person has to log in again */
    @Override
    public JobResult run(Run run) {
        Optional<String> missing = token.missingKey();
        if (missing.isPresent()) {
            return new JobResult.Skipped("NO_KEY " + missing.get());
        }
        return switch (token.renewIfDue()) {
            case SaxoToken.Renewal.Renewed renewed -> done("renewed, valid until " + renewed.until(), 1);
            case SaxoToken.Renewal.NotDue notDue -> done("not due before " + notDue.next(), 0);
            case SaxoToken.Renewal.Manual _ -> done("a token made by hand is in use; nothing to renew", 0);
        };
    }

    private static JobResult done(String reason, long renewed) {
        return new JobResult.Done(reason, Map.of("renewed", renewed), List.of(), List.of());
    }
}
