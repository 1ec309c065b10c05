@NullMarked
package io.haetae.http;

import org.jspecify.annotations.NullMarked;
