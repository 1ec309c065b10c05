/** Instruments, bars, quotes, and the dated price, quantity, fee and tax rules of their markets. */
@NullMarked
package io.haetae.market;

import org.jspecify.annotations.NullMarked;
