package io.haetae.market;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The calls this process may still make today. It takes them from the quota of the key some at a time, so that counting
 * costs no request a call; the more it needs, the more it takes at once. What a process leaves of them is lost to the day.
 */
public final class CallAllowance {

    /** The calls of one ordinary session. */
    private static final int FIRST_BLOCK = 6;

    private static final int LARGEST_BLOCK = 60;

    private final CallQuota quota;
    private final String source;
    private final int limit;

    private @Nullable LocalDate day;
    private int left;
    private int block = FIRST_BLOCK;

    /**
     * @param source whose calls they are
     * @param limit calls the key allows a day
     */
    public CallAllowance(CallQuota quota, String source, int limit) {
        this.quota = quota;
        this.source = source;
        this.limit = limit;
    }

    /**
     * Takes one call of the day.
     *
     * @param today in the source's own zone
     * @return false when the day has none left
     */
    public synchronized boolean take(LocalDate today) {
        if (!today.equals(day)) {
            day = today;
            left = 0;
            block = FIRST_BLOCK;
        }
        if (left == 0 && !refill(today)) {
            return false;
        }
        left--;
        return true;
    }

    /** The last calls of a day are fewer than a block. */
    private boolean refill(LocalDate today) {
        for (int wanted = block; wanted > 0; wanted /= 2) {
            if (quota.take(source, today, wanted, limit)) {
                left = wanted;
                block = Math.min(LARGEST_BLOCK, block * 2);
                return true;
            }
        }
        return false;
    }
}
