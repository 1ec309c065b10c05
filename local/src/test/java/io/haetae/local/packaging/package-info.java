@NullMarked
package io.haetae.local.packaging;

import org.jspecify.annotations.NullMarked;
