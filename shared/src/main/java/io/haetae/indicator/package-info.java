/** Technical and financial indicators over primitive arrays, streaming. */
@NullMarked
package io.haetae.indicator;

import org.jspecify.annotations.NullMarked;
