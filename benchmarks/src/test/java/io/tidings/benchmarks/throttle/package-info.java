/** Whether the throttle benchmark compares like with like. */
@NullMarked
package io.tidings.benchmarks.throttle;

import org.jspecify.annotations.NullMarked;
