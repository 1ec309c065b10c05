/** Puts a world together: its market and venues, its store, and the functions that live in it. */
@NullMarked
package io.haetae.local.world;

import org.jspecify.annotations.NullMarked;
