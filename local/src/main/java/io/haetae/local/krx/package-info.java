/** The Exchange's open data service, simulated. */
@NullMarked
package io.haetae.local.krx;

import org.jspecify.annotations.NullMarked;
