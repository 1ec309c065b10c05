/** Carries orders on and sells what its exit rules say, while the market is open. */
@NullMarked
package io.haetae.functions.positionmonitoring;

import org.jspecify.annotations.NullMarked;
