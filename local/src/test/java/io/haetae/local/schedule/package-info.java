@NullMarked
package io.haetae.local.schedule;

import org.jspecify.annotations.NullMarked;
