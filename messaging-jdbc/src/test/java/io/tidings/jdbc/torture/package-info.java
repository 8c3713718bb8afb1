/**
 * The rows of the guarantees that need a real database: it stops, breaks its connections, loses answers, has no room; and
 * processes that are killed. The sandbox runs in a process of its own, and its log is the ground truth.
 */
@NullMarked
package io.tidings.jdbc.torture;

import org.jspecify.annotations.NullMarked;
