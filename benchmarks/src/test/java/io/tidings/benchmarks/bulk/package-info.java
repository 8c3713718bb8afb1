/** Whether the bulk benchmark counts right. */
@NullMarked
package io.tidings.benchmarks.bulk;

import org.jspecify.annotations.NullMarked;
