/** What the program costs, counted: run by name, see docs/performance.md. */
@NullMarked
package io.haetae.local.measure;

import org.jspecify.annotations.NullMarked;
