/** The job that computes the whole market's indicators after a session. */
@NullMarked
package io.haetae.functions.indicatorcalculation;

import org.jspecify.annotations.NullMarked;
