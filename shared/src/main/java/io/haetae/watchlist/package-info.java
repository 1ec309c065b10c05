/** The watchlist and the life of its entries. */
@NullMarked
package io.haetae.watchlist;

import org.jspecify.annotations.NullMarked;
