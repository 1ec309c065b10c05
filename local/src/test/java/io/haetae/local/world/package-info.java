@NullMarked
package io.haetae.local.world;

import org.jspecify.annotations.NullMarked;
