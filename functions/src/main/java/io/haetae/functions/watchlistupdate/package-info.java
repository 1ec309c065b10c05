/** The job that scores the whole market after a session and updates a user's watchlist. */
@NullMarked
package io.haetae.functions.watchlistupdate;

import org.jspecify.annotations.NullMarked;
