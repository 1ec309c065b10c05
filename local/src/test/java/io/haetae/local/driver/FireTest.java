package io.haetae.local.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.local.schedule.ScheduleExpression;
import io.haetae.local.schedule.Template;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FireTest {

    private static final Instant MIDNIGHT = Instant.parse("2025-03-03T15:00:00Z");

    static Template.Function function(String name, String expression, boolean enabled) {
        Template.Schedule schedule = new Template.Schedule(
                name,
                name,
                new ScheduleExpression(expression, ZoneId.of("Asia/Seoul")),
                enabled,
                "{\"job\":\"" + name + "\",\"scheduledTime\":\"<aws.scheduler.scheduled-time>\"}");
        return new Template.Function(name, "none", 60, Map.of(), List.of(schedule));
    }

    private static List<String> fired(List<Template.Function> functions) {
        return Fire.between(functions, MIDNIGHT, MIDNIGHT.plusSeconds(3600)).stream()
                .map(fire -> fire.at().toString().substring(14, 16) + " "
                        + fire.schedule().name())
                .toList();
    }

    @Test
    void whatFiresOftenComesFirstWithinAMinute() {
        assertThat(fired(List.of(
                        function("data_collection", "cron(0 0 ? * * *)", true),
                        function("risk_checks", "cron(0/30 * ? * * *)", true),
                        function("saxo_token", "cron(0/20 * ? * * *)", true))))
                .containsExactly(
                        "00 saxo_token",
                        "00 risk_checks",
                        "00 data_collection",
                        "20 saxo_token",
                        "30 risk_checks",
                        "40 saxo_token");
    }

    @Test
    void theTemplatesOrderDecidesBetweenEquals() {
        assertThat(fired(List.of(
                        function("watchlist_update", "cron(5 0 ? * * *)", true),
                        function("data_collection", "cron(5 0 ? * * *)", true))))
                .containsExactly("05 watchlist_update", "05 data_collection");
    }

    @Test
    void aScheduleThatIsSwitchedOffNeverFires() {
        assertThat(fired(List.of(function("risk_checks", "cron(0/30 * ? * * *)", false))))
                .isEmpty();
    }

    @Test
    void theEventSaysWhichTimeIsMeant() {
        Fire fire = Fire.between(
                        List.of(function("risk_checks", "cron(0/30 * ? * * *)", true)),
                        MIDNIGHT,
                        MIDNIGHT.plusSeconds(60))
                .getFirst();

        assertThat(fire.event()).isEqualTo("{\"job\":\"risk_checks\",\"scheduledTime\":\"2025-03-03T15:00:00Z\"}");
    }
}
