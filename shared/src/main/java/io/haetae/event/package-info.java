/** What happened, as items written in the transaction of the change and published after commit. */
@NullMarked
package io.haetae.event;

import org.jspecify.annotations.NullMarked;
