/** Accounts, positions, cash and profit or loss. */
@NullMarked
package io.haetae.portfolio;

import org.jspecify.annotations.NullMarked;
