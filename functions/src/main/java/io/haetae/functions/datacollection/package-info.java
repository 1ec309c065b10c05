/** Data collection: the session's prices in the evening, the Exchange's own rows the next morning, and history. */
@NullMarked
package io.haetae.functions.datacollection;

import org.jspecify.annotations.NullMarked;
