@NullMarked
package io.haetae.functions.control;

import org.jspecify.annotations.NullMarked;
