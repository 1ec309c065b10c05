/** The same functions on one machine. */
@NullMarked
package io.haetae.local;

import org.jspecify.annotations.NullMarked;
