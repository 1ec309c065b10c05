@NullMarked
package io.haetae.local.kis;

import org.jspecify.annotations.NullMarked;
