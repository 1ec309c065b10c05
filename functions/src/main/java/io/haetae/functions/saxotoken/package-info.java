/** Keeps the chain of Saxo tokens alive, every ten minutes. */
@NullMarked
package io.haetae.functions.saxotoken;

import org.jspecify.annotations.NullMarked;
