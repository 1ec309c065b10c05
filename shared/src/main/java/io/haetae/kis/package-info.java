/** The KIS Open API: wire types, client, adapter to our ports. */
@NullMarked
package io.haetae.kis;

import org.jspecify.annotations.NullMarked;
