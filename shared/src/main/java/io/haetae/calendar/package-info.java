/** Sessions of an exchange: holidays, late opens, half days, phases, and why a day differs. */
@NullMarked
package io.haetae.calendar;

import org.jspecify.annotations.NullMarked;
