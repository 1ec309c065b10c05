/** Intents, the order state table, the journal, the desk and its ports. */
@NullMarked
package io.haetae.order;

import org.jspecify.annotations.NullMarked;
