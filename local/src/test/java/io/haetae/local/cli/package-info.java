@NullMarked
package io.haetae.local.cli;

import org.jspecify.annotations.NullMarked;
