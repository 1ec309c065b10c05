/** OpenDART: wire types, client, adapter to our ports. */
@NullMarked
package io.haetae.dart;

import org.jspecify.annotations.NullMarked;
