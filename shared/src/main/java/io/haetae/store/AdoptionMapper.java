package io.haetae.store;

import io.haetae.event.DomainEvent;
import io.haetae.job.Fence;
import io.haetae.job.LeaseLostException;
import io.haetae.job.Leases;
import io.haetae.order.Adoptions;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Side;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Position;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** People's orders as items of the state table, and corrections of cash and positions. */
public final class AdoptionMapper implements Adoptions {

    private final Store store;

    public AdoptionMapper(Store store) {
        this.store = store;
    }

    @Override
    public List<BrokerOrder> foreign(AccountId account, LocalDate session) {
        return store.query(Query.prefix(Table.STATE, partition(account), session + "#")).stream()
                .map(AdoptionMapper::order)
                .toList();
    }

    @Override
    public void adopt(Fence fence, AccountId account, LocalDate session, BrokerOrder order, DomainEvent found) {
        Item item = item(account, session, order);
        if (store.get(item.key()).isPresent()) {
            boolean _ = write(fence, List.of(Action.put(item)));
        } else {
            boolean _ = write(fence, List.of(Action.put(item, Condition.absent()), Outbox.put(found)));
        }
    }

    @Override
    public boolean correct(Fence fence, Position position, DomainEvent drift) {
        return write(
                fence,
                List.of(
                        Action.put(PortfolioMapper.item(position), OrderMapper.after(position.version() - 1)),
                        Outbox.put(drift)));
    }

    @Override
    public boolean correct(Fence fence, Cash cash, DomainEvent drift) {
        return write(
                fence,
                List.of(
                        Action.put(PortfolioMapper.item(cash), OrderMapper.after(cash.version() - 1)),
                        Outbox.put(drift)));
    }

    private boolean write(Fence fence, List<Action> wanted) {
        List<Action> actions = new ArrayList<>();
        actions.add(Action.check(
                Key.state(fence.lease(), Leases.SORT), Condition.equalTo(Leases.FENCE, Value.of(fence.number()))));
        actions.addAll(wanted);
        return switch (store.commit(actions)) {
            case Outcome.Committed _ -> true;
            case Outcome.Uncertain _ -> false;
            case Outcome.Refused refused -> {
                if (refused.action() == 0) {
                    throw new LeaseLostException(fence);
                }
                yield false;
            }
        };
    }

    private static String partition(AccountId account) {
        return "EXTERNAL_ORDERS#" + account;
    }

    private static Item item(AccountId account, LocalDate session, BrokerOrder order) {
        return Item.at(Key.state(partition(account), session + "#" + order.brokerId()))
                .with("brokerId", order.brokerId())
                .with("reference", order.reference())
                .with("venue", order.instrument().venue().name())
                .with("code", order.instrument().code())
                .with("side", order.side().name())
                .with("quantity", order.quantity())
                .with("limit", order.limit().map(Decimals::canonical))
                .with("placedAt", order.placedAt().toString())
                .with("state", order.state().name())
                .with("filled", order.filled())
                .with("note", order.note())
                .build();
    }

    private static BrokerOrder order(Item item) {
        return new BrokerOrder(
                item.text("brokerId"),
                item.findText("reference"),
                PortfolioMapper.instrument(item),
                PortfolioMapper.word(item, "side", Side.class),
                item.decimal("quantity"),
                Optional.ofNullable(PortfolioMapper.decimal(item, "limit")),
                Times.instant(item, "placedAt"),
                PortfolioMapper.word(item, "state", BrokerOrder.State.class),
                item.decimal("filled"),
                item.text("note"));
    }
}
