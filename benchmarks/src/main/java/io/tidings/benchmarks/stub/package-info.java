/** The provider of the benchmarks, in a process of its own: it answers, counts and calls back. */
@NullMarked
package io.tidings.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
