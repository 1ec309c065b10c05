/** Breaks the program at every call that leaves it, and looks whether an order was lost, doubled or miscounted. */
@org.jspecify.annotations.NullMarked
package io.haetae.local.chaos;
