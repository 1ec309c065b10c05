package io.haetae.local.driver;

import io.haetae.local.schedule.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One firing of a schedule.
 *
 * @param at the time the schedule means
 */
record Fire(Instant at, Template.Schedule schedule) {

    /**
     * Every firing from {@code from}, inclusive, to {@code to}, exclusive. In the cloud the firings of one minute run side
     * by side; here they follow each other, the quick jobs that fire often first, so that a long daily job does not make
     * them late.
     */
    static List<Fire> between(List<Template.Function> functions, Instant from, Instant to) {
        record Ranked(Fire fire, int firings, int position) {}
        List<Ranked> ranked = new ArrayList<>();
        int position = 0;
        for (Template.Function function : functions) {
            for (Template.Schedule schedule : function.schedules()) {
                position++;
                if (!schedule.enabled()) {
                    continue;
                }
                List<Instant> moments = schedule.expression().between(from, to);
                for (Instant moment : moments) {
                    ranked.add(new Ranked(new Fire(moment, schedule), moments.size(), position));
                }
            }
        }
        ranked.sort(Comparator.comparing((Ranked one) -> one.fire().at())
                .thenComparing(Comparator.comparingInt(Ranked::firings).reversed())
                .thenComparingInt(Ranked::position));
        return ranked.stream().map(Ranked::fire).toList();
    }

    /** The schedule's input as Scheduler would send it. */
    String event() {
        return schedule.input()
                .replace("<aws.scheduler.scheduled-time>", at.toString())
                .replace("<aws.scheduler.schedule-arn>", "local:" + schedule.name())
                .replace("<aws.scheduler.execution-id>", "local:" + schedule.name() + ":" + at)
                .replace("<aws.scheduler.attempt-number>", "1");
    }
}
