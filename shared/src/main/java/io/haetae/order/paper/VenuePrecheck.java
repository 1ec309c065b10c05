package io.haetae.order.paper;

import io.haetae.order.Broker;
import io.haetae.order.Order;

/** Asks the real venue whether it would take an order, without sending it. */
@FunctionalInterface
public interface VenuePrecheck {

    Broker.Precheck ask(Order order);
}
