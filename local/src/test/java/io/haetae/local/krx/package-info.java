@NullMarked
package io.haetae.local.krx;

import org.jspecify.annotations.NullMarked;
