/** Conviction, position sizing, entry and exit decisions. */
@NullMarked
package io.haetae.signal;

import org.jspecify.annotations.NullMarked;
