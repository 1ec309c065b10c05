@NullMarked
package io.haetae.local.market;

import org.jspecify.annotations.NullMarked;
