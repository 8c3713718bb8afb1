/** Whether the dispatch benchmark counts right. */
@NullMarked
package io.tidings.benchmarks.dispatch;

import org.jspecify.annotations.NullMarked;
