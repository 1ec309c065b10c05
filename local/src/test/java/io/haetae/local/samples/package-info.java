/** Recorded answers of the real venues, read with our clients. */
@NullMarked
package io.haetae.local.samples;

import org.jspecify.annotations.NullMarked;
