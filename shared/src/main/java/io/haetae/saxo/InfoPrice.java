package io.haetae.saxo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One item of {@code infoprices/list}.
 *
 * @param priceTypeBid {@code Tradable}, {@code Indicative}, {@code OldIndicative}, {@code NoAccess}, …; empty when absent
 * @param marketState {@code Open}, {@code Closed}, …; empty when absent
 * @param delayedByMinutes 0 when Saxo gives none
 * @param lastUpdated empty when Saxo gives none
 * @param errorCode of the item, {@code None} or empty when there is none
 */
public record InfoPrice(
        String assetType,
        long uic,
        @Nullable BigDecimal bid,
        @Nullable BigDecimal ask,
        @Nullable BigDecimal mid,
        @Nullable BigDecimal lastTraded,
        @Nullable BigDecimal open,
        @Nullable BigDecimal high,
        @Nullable BigDecimal low,
        long volume,
        String priceTypeBid,
        String priceTypeAsk,
        String marketState,
        int delayedByMinutes,
        Optional<Instant> lastUpdated,
        String errorCode) {}
