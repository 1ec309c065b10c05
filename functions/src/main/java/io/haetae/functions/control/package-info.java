/** What a person says of trading as a whole: halt, resume, arm, disarm, and how it stands. */
@NullMarked
package io.haetae.functions.control;

import org.jspecify.annotations.NullMarked;
