/** The long rows of the guarantees that need the whole system: real sockets, real threads, the sandbox as ground truth. */
@NullMarked
package io.tidings.torture;

import org.jspecify.annotations.NullMarked;
