/** Sessions of an exchange: holidays, late opens, hours modes. */
@NullMarked
package io.haetae.calendar;

import org.jspecify.annotations.NullMarked;
