/** The data folder: one subfolder a world, with its store, secrets and locks. */
@NullMarked
package io.haetae.local.home;

import org.jspecify.annotations.NullMarked;
