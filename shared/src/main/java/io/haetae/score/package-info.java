/** Composite and stability scores, and the screener. */
@NullMarked
package io.haetae.score;

import org.jspecify.annotations.NullMarked;
