/** The embedded store: everything in one SQLite file that its user owns. */
@NullMarked
package io.haetae.local.store;

import org.jspecify.annotations.NullMarked;
