package io.haetae.order;

import io.haetae.portfolio.Position;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A sale of (part of) a position.
 *
 * @param session the order is for
 * @param position as the decision saw it: another version is denied
 * @param rule cause and urgency
 * @param quantity at most what the position holds
 * @param price the limit of a LIMIT order; for a MARKET order the price the decision saw
 * @param conversion account currency for one unit of the instrument's currency; 1 where they are the same
 * @param reason one line for people: the rule with its numbers
 */
public record ExitRequest(
        LocalDate session,
        Position position,
        ExitRule rule,
        OrderType type,
        BigDecimal price,
        BigDecimal quantity,
        BigDecimal conversion,
        Validity validity,
        String reason) {}
