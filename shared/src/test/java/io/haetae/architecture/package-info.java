/** Which package may know which. */
@NullMarked
package io.haetae.architecture;

import org.jspecify.annotations.NullMarked;
