/** Limits, trading state and risk metrics. */
@NullMarked
package io.haetae.risk;

import org.jspecify.annotations.NullMarked;
