/** System tests: whole days over real servers and real stores. */
@NullMarked
package io.haetae.local;

import org.jspecify.annotations.NullMarked;
