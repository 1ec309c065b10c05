@NullMarked
package io.haetae.local.settings;

import org.jspecify.annotations.NullMarked;
