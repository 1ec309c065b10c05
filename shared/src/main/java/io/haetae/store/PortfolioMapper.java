package io.haetae.store;

import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.portfolio.Account;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.OtherCapitalException;
import io.haetae.portfolio.Portfolios;
import io.haetae.portfolio.Position;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cash and positions as items of the state table: one cash item an account, one item an instrument ever held. */
public final class PortfolioMapper implements Portfolios {

    /** Whether anything is held, ours or not: what an entry's transaction asks. */
    static final String OPEN = "open";

    private static final int ATTEMPTS = 8;

    private final Store store;

    public PortfolioMapper(Store store) {
        this.store = store;
    }

    @Override
    public Account open(AccountId account, BigDecimal initialCapital) {
        Account book = adopt(account, initialCapital, initialCapital);
        BigDecimal capital = book.cash().initialCapital();
        if (capital.compareTo(initialCapital) != 0) {
            throw new OtherCapitalException(account, capital, initialCapital);
        }
        return book;
    }

    @Override
    public Account adopt(AccountId account, BigDecimal balance, BigDecimal initialCapital) {
        if (initialCapital.signum() <= 0) {
            throw new IllegalArgumentException("the starting capital of " + account + " must be above 0");
        }
        Cash opened = new Cash(account, balance, BigDecimal.ZERO, initialCapital, 1);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Account> standing = account(account);
            if (standing.isPresent()) {
                return standing.get();
            }
            Outcome _ = store.commit(List.of(Action.put(item(opened), Condition.absent())));
        }
        throw new IllegalStateException("the book " + account + " was neither there nor could it be opened");
    }

    @Override
    public Optional<Account> account(AccountId account) {
        return cash(account)
                .map(cash -> new Account(
                        account,
                        cash,
                        positions(account).stream().filter(Position::isHeld).toList()));
    }

    @Override
    public Optional<Cash> cash(AccountId account) {
        return store.get(cashKey(account)).map(item -> cash(account, item));
    }

    @Override
    public Optional<Position> position(AccountId account, InstrumentId instrument) {
        return store.get(positionKey(account, instrument)).map(item -> position(account, item));
    }

    @Override
    public List<Position> positions(AccountId account) {
        return store.query(Query.all(Table.STATE, positions(account.toString()))).stream()
                .map(item -> position(account, item))
                .toList();
    }

    @Override
    public Position observe(Position position, BigDecimal price) {
        if (!position.isOpen() || price.compareTo(position.highest()) <= 0) {
            return position;
        }
        Position seen = position.seen(price);
        Outcome outcome = store.commit(List.of(Action.put(item(seen), Condition.versionIs(position.version()))));
        return switch (outcome) {
            case Outcome.Committed _ -> seen;
            case Outcome.Refused _, Outcome.Uncertain _ ->
                position(position.account(), position.instrument()).orElse(position);
        };
    }

    static Key cashKey(AccountId account) {
        return Key.state("CASH#" + account, "CASH");
    }

    static Key positionKey(AccountId account, InstrumentId instrument) {
        return Key.state(positions(account.toString()), instrument.toString());
    }

    private static String positions(String account) {
        return "POSITIONS#" + account;
    }

    static Item item(Cash cash) {
        return Item.at(cashKey(cash.account()))
                .with("balance", cash.balance())
                .with("reserved", cash.reserved())
                .with("initialCapital", cash.initialCapital())
                .with("version", cash.version())
                .build();
    }

    private static Cash cash(AccountId account, Item item) {
        return new Cash(
                account,
                item.decimal("balance"),
                item.decimal("reserved"),
                item.decimal("initialCapital"),
                item.whole("version"));
    }

    static Item item(Position position) {
        return Item.at(positionKey(position.account(), position.instrument()))
                .with("venue", position.instrument().venue().name())
                .with("code", position.instrument().code())
                .with(OPEN, position.isHeld())
                .with("quantity", position.quantity())
                .with("reserved", position.reserved())
                .with("external", position.external())
                .with("averageCost", position.averageCost())
                .with("openedSession", position.openedSession().toString())
                .with("openedBy", position.openedBy())
                .with("strategy", position.strategy())
                .with("stop", optional(position.stop()))
                .with("target", optional(position.target()))
                .with("trailingPercent", optional(position.trailingPercent()))
                .with("highest", position.highest())
                .with("realised", position.realised())
                .with("version", position.version())
                .build();
    }

    private static Position position(AccountId account, Item item) {
        return new Position(
                account,
                instrument(item),
                item.decimal("quantity"),
                item.decimal("reserved"),
                item.decimal("external"),
                item.decimal("averageCost"),
                date(item, "openedSession"),
                item.text("openedBy"),
                item.text("strategy"),
                decimal(item, "stop"),
                decimal(item, "target"),
                decimal(item, "trailingPercent"),
                item.decimal("highest"),
                item.decimal("realised"),
                item.whole("version"));
    }

    static InstrumentId instrument(Item item) {
        return new InstrumentId(word(item, "venue", Venue.class), item.text("code"));
    }

    static <E extends Enum<E>> E word(Item item, String name, Class<E> type) {
        try {
            return Enum.valueOf(type, item.text(name));
        } catch (IllegalArgumentException e) {
            throw new CorruptItemException(item.key(), name, "one of " + type.getSimpleName());
        }
    }

    static LocalDate date(Item item, String name) {
        try {
            return LocalDate.parse(item.text(name));
        } catch (DateTimeException e) {
            throw new CorruptItemException(item.key(), name, "a date");
        }
    }

    static @Nullable BigDecimal decimal(Item item, String name) {
        return item.has(name) ? item.decimal(name) : null;
    }

    static Optional<String> optional(@Nullable BigDecimal decimal) {
        return Optional.ofNullable(decimal).map(Decimals::canonical);
    }
}
