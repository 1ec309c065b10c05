package io.haetae.functions;

import io.haetae.job.InvalidEventException;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a job's function is invoked with. {@code {}} asks for a run by hand. */
final class JobEventReader {

    private static final Set<String> FIELDS =
            Set.of("job", "scheduledTime", "everyMinutes", "userId", "dryRun", "session", "revision");

    /** @throws InvalidEventException in one line, without the event's content */
    JobEvent read(InputStream input) throws IOException {
        EventFields event = EventFields.read(input, FIELDS);
        String session = event.text("session");
        String revision = event.text("revision");
        boolean scheduled = event.has("scheduledTime");
        if ((session == null) != (revision == null) || (session != null && scheduled)) {
            throw new InvalidEventException("session and revision go together, and without scheduledTime");
        }
        return new JobEvent(
                job(event.text("job")),
                event.instant("scheduledTime"),
                event.whole("everyMinutes"),
                event.text("userId"),
                event.flag("dryRun"),
                date(session),
                revision);
    }

    private static @Nullable JobName job(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return JobName.parse(text)
                .orElseThrow(() -> new InvalidEventException("the event's job is none of "
                        + String.join(
                                ", ",
                                List.of(JobName.values()).stream()
                                        .map(JobName::text)
                                        .toList())));
    }

    private static @Nullable LocalDate date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidEventException("session must look like 2026-01-05");
        }
    }
}
