@NullMarked
package io.haetae.local.driver;

import org.jspecify.annotations.NullMarked;
