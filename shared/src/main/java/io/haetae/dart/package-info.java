/** OpenDART, the disclosure service: its answers, the client that asks, and figures made of statement lines. */
@NullMarked
package io.haetae.dart;

import org.jspecify.annotations.NullMarked;
