/** One suite of what every broker must do, and the venues it is held against. */
@NullMarked
package io.haetae.local.broker;

import org.jspecify.annotations.NullMarked;
