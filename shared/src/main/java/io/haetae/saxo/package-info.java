/** The Saxo OpenAPI: wire types, client, adapter to our ports. */
@NullMarked
package io.haetae.saxo;

import org.jspecify.annotations.NullMarked;
