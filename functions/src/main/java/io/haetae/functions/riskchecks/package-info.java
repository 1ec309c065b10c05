/** Measures each account against its limits, around the clock. */
@NullMarked
package io.haetae.functions.riskchecks;

import org.jspecify.annotations.NullMarked;
