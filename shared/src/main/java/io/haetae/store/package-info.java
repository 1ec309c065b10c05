/** Items with a key and attributes; get, query, one conditional transaction; one mapper per aggregate. */
@NullMarked
package io.haetae.store;

import org.jspecify.annotations.NullMarked;
