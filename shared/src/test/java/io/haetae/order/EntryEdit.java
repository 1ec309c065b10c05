package io.haetae.order;

import io.haetae.portfolio.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;

/** Copies a request with some of its fields changed. */
final class EntryEdit {

    private final EntryRequest from;
    private AccountId account;
    private LocalDate session;
    private String strategy;
    private String cause;
    private BigDecimal quantity;
    private BigDecimal reserve;
    private Validity validity;

    EntryEdit(EntryRequest from) {
        this.from = from;
        account = from.account();
        session = from.session();
        strategy = from.strategy();
        cause = from.cause();
        quantity = from.quantity();
        reserve = from.reserve();
        validity = from.validity();
    }

    EntryEdit account(AccountId value) {
        account = value;
        return this;
    }

    EntryEdit session(LocalDate value) {
        session = value;
        return this;
    }

    EntryEdit strategy(String value) {
        strategy = value;
        return this;
    }

    EntryEdit cause(String value) {
        cause = value;
        return this;
    }

    EntryEdit quantity(BigDecimal value) {
        quantity = value;
        return this;
    }

    EntryEdit reserve(BigDecimal value) {
        reserve = value;
        return this;
    }

    EntryEdit validity(Validity value) {
        validity = value;
        return this;
    }

    /** Its window stays open until the close. */
    EntryEdit allDay() {
        return validity(new Validity(TradingWorld.OPEN, TradingWorld.CLOSE, TradingWorld.CLOSE));
    }

    EntryRequest done() {
        return new EntryRequest(
                account,
                session,
                strategy,
                from.instrument(),
                cause,
                from.type(),
                from.price(),
                quantity,
                from.conversion(),
                reserve,
                validity,
                from.limits(),
                from.terms(),
                from.reason());
    }
}
