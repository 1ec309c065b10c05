@NullMarked
package io.haetae.local.home;

import org.jspecify.annotations.NullMarked;
