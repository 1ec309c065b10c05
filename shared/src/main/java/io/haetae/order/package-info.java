/** Intents, the order state table, the journal, and the desk that takes an intent to its end. Ports to brokers and store. */
@NullMarked
package io.haetae.order;

import org.jspecify.annotations.NullMarked;
