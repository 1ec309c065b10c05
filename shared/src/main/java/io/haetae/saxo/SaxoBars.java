package io.haetae.saxo;

import io.haetae.market.Bar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Bars that no later trade can change: the one that still forms at the decision is left out. */
public final class SaxoBars {

    /** Asked for beyond what is needed: the forming bar, and samples Saxo leaves malformed. */
    private static final int SPARE = 5;

    private final SaxoClient client;
    private final String accountKey;

    public SaxoBars(SaxoClient client, String accountKey) {
        this.client = client;
        this.accountKey = accountKey;
    }

    /** At most {@code count} bars, the newest, oldest first; fewer when Saxo has fewer. */
    public List<Bar> closed(String assetType, long uic, Duration horizon, int count, Instant decisionTime) {
        List<Bar> closed = client.bars(assetType, uic, (int) horizon.toMinutes(), count + SPARE, accountKey).stream()
                .filter(bar -> bar.closedAt(decisionTime))
                .toList();
        return closed.subList(Math.max(0, closed.size() - count), closed.size());
    }
}
