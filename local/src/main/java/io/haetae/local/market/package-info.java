/** The market behind the simulated venues: generated from a seed, or read from a user's files. */
@NullMarked
package io.haetae.local.market;

import org.jspecify.annotations.NullMarked;
