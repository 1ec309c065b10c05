/** What the three modules may know of one another. */
@NullMarked
package io.haetae.local.architecture;

import org.jspecify.annotations.NullMarked;
