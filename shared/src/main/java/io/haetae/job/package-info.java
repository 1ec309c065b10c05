/** Slots, the ledger, leases, data contracts between jobs and their results. */
@NullMarked
package io.haetae.job;

import org.jspecify.annotations.NullMarked;
