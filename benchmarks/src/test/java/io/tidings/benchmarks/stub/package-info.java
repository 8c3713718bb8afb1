/** Whether the stub counts right. */
@NullMarked
package io.tidings.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
