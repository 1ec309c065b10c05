/** Finds what to buy in the coming session, and what to sell because the company changed. */
@NullMarked
package io.haetae.functions.signalgeneration;

import org.jspecify.annotations.NullMarked;
