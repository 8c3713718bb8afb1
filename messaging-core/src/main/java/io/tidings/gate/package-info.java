/** Checks between {@code send()} and the wire: the port, its decisions, and the gates that need no data of their own. */
@NullMarked
package io.tidings.gate;

import org.jspecify.annotations.NullMarked;
