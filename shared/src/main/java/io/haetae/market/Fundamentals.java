package io.haetae.market;

import org.jspecify.annotations.Nullable;

/**
 * What the broker says of a company on a day. A figure the source does not give is null, never zero.
 *
 * @param per price ÷ earnings per share; negative when the company makes a loss and the source says so
 * @param pbr price ÷ book value per share
 * @param eps won a share
 * @param bps won a share
 */
public record Fundamentals(
        String symbol,
        @Nullable Double per,
        @Nullable Double pbr,
        @Nullable Double eps,
        @Nullable Double bps) {}
