/** The Saxo cycle: prices, bars, crossings and orders of the watched instruments, every few minutes. */
@NullMarked
package io.haetae.functions.saxocycle;

import org.jspecify.annotations.NullMarked;
