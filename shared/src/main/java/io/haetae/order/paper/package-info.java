/** The broker of dry runs: durable orders filled against a venue's quotes. */
@NullMarked
package io.haetae.order.paper;

import org.jspecify.annotations.NullMarked;
