package io.haetae.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleExpressionTest {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    /** C3: 08:45 in Seoul is 23:45 of the day before in UTC, and so is its weekday. */
    @Test
    void aWeekdayCronFiresInItsOwnZoneAndNotAtTheWeekend() {
        ScheduleExpression signals = new ScheduleExpression("cron(45 08 ? * MON-FRI *)", SEOUL);
        // Friday to Monday.
        List<Instant> moments =
                signals.between(Instant.parse("2026-01-08T15:00:00Z"), Instant.parse("2026-01-12T15:00:00Z"));
        assertThat(moments)
                .containsExactly(Instant.parse("2026-01-08T23:45:00Z"), Instant.parse("2026-01-11T23:45:00Z"));
    }

    @Test
    void stepsAndListsFireAtEachOfTheirMinutes() {
        ScheduleExpression quarter = new ScheduleExpression("cron(0/15 9-10 ? * * *)", SEOUL);
        assertThat(quarter.between(Instant.parse("2026-01-05T00:00:00Z"), Instant.parse("2026-01-05T12:00:00Z")))
                .hasSize(8)
                .startsWith(Instant.parse("2026-01-05T00:00:00Z"))
                .endsWith(Instant.parse("2026-01-05T01:45:00Z"));
        ScheduleExpression catchup = new ScheduleExpression("cron(10,20,30,40 8 ? * MON-FRI *)", SEOUL);
        assertThat(catchup.between(Instant.parse("2026-01-04T15:00:00Z"), Instant.parse("2026-01-05T15:00:00Z")))
                .hasSize(4);
    }

    @Test
    void theEndOfTheRangeIsNotInIt() {
        ScheduleExpression hourly = new ScheduleExpression("rate(60 minutes)", SEOUL);
        assertThat(hourly.between(Instant.parse("2026-01-05T00:00:00Z"), Instant.parse("2026-01-05T01:00:00Z")))
                .containsExactly(Instant.parse("2026-01-05T00:00:00Z"));
    }

    /** C9: neither repeated nor moved when clocks change. */
    @Test
    void aTimeThatSummerTimeLeavesOutIsSkippedAndOneThatOccursTwiceFiresOnce() {
        ZoneId newYork = ZoneId.of("America/New_York");
        ScheduleExpression night = new ScheduleExpression("cron(30 2 ? * * *)", newYork);
        assertThat(night.between(Instant.parse("2026-03-08T05:00:00Z"), Instant.parse("2026-03-09T04:00:00Z")))
                .isEmpty();
        ScheduleExpression early = new ScheduleExpression("cron(30 1 ? * * *)", newYork);
        assertThat(early.between(Instant.parse("2026-11-01T04:00:00Z"), Instant.parse("2026-11-02T05:00:00Z")))
                .containsExactly(Instant.parse("2026-11-01T05:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron(61 8 ? * * *)",
                "cron(0 8 ? * *)",
                "rate(7 minutes)",
                "rate(1 days)",
                "every day",
                "cron(a b c d e f)"
            })
    void whatIsNotAnExpressionIsRefused(String text) {
        assertThatThrownBy(() -> new ScheduleExpression(text, SEOUL)).isInstanceOf(IllegalArgumentException.class);
    }
}
