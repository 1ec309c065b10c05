/** How orders go over the wire, for every venue alike. */
@NullMarked
package io.haetae.http;

import org.jspecify.annotations.NullMarked;
