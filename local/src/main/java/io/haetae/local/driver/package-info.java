/** Drives the functions by their schedules, on a virtual or the real clock, one call after another. */
@NullMarked
package io.haetae.local.driver;

import org.jspecify.annotations.NullMarked;
