@NullMarked
package io.haetae.local.http;

import org.jspecify.annotations.NullMarked;
