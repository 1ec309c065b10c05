package io.haetae.signal;

import org.jspecify.annotations.Nullable;

/** How unusual the latest session's volume is, 0 to 100. */
public final class VolumeScore {

    /** Fewer sessions say nothing either way. */
    private static final int FEWEST_BARS = 5;

    private VolumeScore() {}

    /**
     * Twice the average or more: 100; once to twice: 50 to 100; less: in proportion up to 50. A tenth more, at most 100,
     * when the last five sessions' mean exceeds 1.2 times the mean of the five before. One to four sessions: 50.
     *
     * @param bars sessions with trade that were seen
     * @param ratio latest volume ÷ average volume; null when unknown
     * @param surge mean volume of the last five sessions ÷ that of the five before; null when unknown
     * @return null when unknown
     */
    public static @Nullable Double of(int bars, @Nullable Double ratio, @Nullable Double surge) {
        if (bars <= 0) {
            return null;
        }
        if (bars < FEWEST_BARS) {
            return 50.0;
        }
        if (ratio == null) {
            return null;
        }
        double score = Math.min(ratio, 2) * 50;
        return Math.min(100, surge != null && surge > 1.2 ? score * 1.1 : score);
    }
}
