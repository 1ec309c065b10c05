package io.haetae.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallAllowanceTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 18);

    private final Map<LocalDate, Integer> taken = new HashMap<>();
    private int asked;

    private boolean count(String source, LocalDate day, int calls, int limit) {
        asked++;
        int sum = taken.getOrDefault(day, 0) + calls;
        if (sum > limit) {
            return false;
        }
        taken.put(day, sum);
        return true;
    }

    private int callsUntilRefused(CallAllowance allowance, LocalDate day) {
        int calls = 0;
        while (allowance.take(day)) {
            calls++;
        }
        return calls;
    }

    @Test
    void everyCallOfTheDayIsGivenOutAndNoneMore() {
        assertThat(callsUntilRefused(new CallAllowance(this::count, "venue", 1_001), DAY))
                .isEqualTo(1_001);
    }

    @Test
    void processesThatCountTogetherGetTheDaysCallsTogether() {
        CallAllowance one = new CallAllowance(this::count, "venue", 100);
        CallAllowance other = new CallAllowance(this::count, "venue", 100);
        int first = 0;
        for (int i = 0; i < 10; i++) {
            assertThat(other.take(DAY)).isTrue();
            first++;
        }

        assertThat(callsUntilRefused(one, DAY) + first + callsUntilRefused(other, DAY))
                .isEqualTo(100);
    }

    @Test
    void theNextDayHasItsOwnCalls() {
        CallAllowance allowance = new CallAllowance(this::count, "venue", 20);
        callsUntilRefused(allowance, DAY);

        assertThat(callsUntilRefused(allowance, DAY.plusDays(1))).isEqualTo(20);
    }

    @Test
    void manyCallsAreCountedInFewRequests() {
        CallAllowance allowance = new CallAllowance(this::count, "venue", 10_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(allowance.take(DAY)).isTrue();
        }

        assertThat(asked).isLessThan(25);
    }
}
