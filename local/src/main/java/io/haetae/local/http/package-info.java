/** The web server that the simulated venues stand on. */
@NullMarked
package io.haetae.local.http;

import org.jspecify.annotations.NullMarked;
