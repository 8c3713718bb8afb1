/** Whether the outbox benchmark counts right. */
@NullMarked
package io.tidings.benchmarks.outbox;

import org.jspecify.annotations.NullMarked;
