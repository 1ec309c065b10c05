/** What every function shares: reading the event, building the object graph, answering. */
@NullMarked
package io.haetae.functions;

import org.jspecify.annotations.NullMarked;
