/** The time port: the only way the program reads a clock or waits. */
@NullMarked
package io.haetae.time;

import org.jspecify.annotations.NullMarked;
