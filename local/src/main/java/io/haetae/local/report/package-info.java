/** What a day was, read from the store: one document for machines, a page for people. */
@NullMarked
package io.haetae.local.report;

import org.jspecify.annotations.NullMarked;
