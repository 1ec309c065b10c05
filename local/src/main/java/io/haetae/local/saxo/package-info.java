/** A simulated Saxo Bank: its OpenAPI over HTTP, with accounts and orders of its own and a seeded market. */
@NullMarked
package io.haetae.local.saxo;

import org.jspecify.annotations.NullMarked;
