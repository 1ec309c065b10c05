/** What a person says of trading: halt, resume, arm, disarm, what became of an order, and how it stands. */
@NullMarked
package io.haetae.functions.control;

import org.jspecify.annotations.NullMarked;
