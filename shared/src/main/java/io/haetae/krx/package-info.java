/** The KRX Open API: wire types, client, adapter to our ports. */
@NullMarked
package io.haetae.krx;

import org.jspecify.annotations.NullMarked;
