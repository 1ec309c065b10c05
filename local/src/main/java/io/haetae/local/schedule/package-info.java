/** The schedules of {@code template.yaml}: the only list of times there is. */
@NullMarked
package io.haetae.local.schedule;

import org.jspecify.annotations.NullMarked;
