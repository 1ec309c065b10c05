package io.haetae.store;

import io.haetae.order.Fill;
import io.haetae.order.Side;
import io.haetae.portfolio.AccountId;

/** A fill's attributes, the same in the journal and in the paper broker's book. */
final class FillItems {

    private FillItems() {}

    static Item write(Item.Builder item, Fill fill) {
        return item.with("id", fill.id())
                .with("order", fill.order())
                .with("side", fill.side().name())
                .with("venue", fill.instrument().venue().name())
                .with("code", fill.instrument().code())
                .with("quantity", fill.quantity())
                .with("amount", fill.amount())
                .with("conversion", fill.conversion())
                .with("commission", fill.commission())
                .with("tax", fill.tax())
                .with("at", fill.at().toString())
                .build();
    }

    static Fill read(AccountId account, Item item) {
        return new Fill(
                item.text("id"),
                item.text("order"),
                account,
                PortfolioMapper.word(item, "side", Side.class),
                PortfolioMapper.instrument(item),
                item.decimal("quantity"),
                item.decimal("amount"),
                item.decimal("conversion"),
                item.decimal("commission"),
                item.decimal("tax"),
                Times.instant(item, "at"));
    }
}
