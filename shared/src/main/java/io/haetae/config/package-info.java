/** Every setting, validated once, immutable, with where each value came from. */
@NullMarked
package io.haetae.config;

import org.jspecify.annotations.NullMarked;
