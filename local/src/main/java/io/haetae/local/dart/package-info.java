/** OpenDART, the disclosure service, simulated. */
@NullMarked
package io.haetae.local.dart;

import org.jspecify.annotations.NullMarked;
