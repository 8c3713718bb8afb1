/** How fast, and for how much processor time and memory, messages get from {@code send()} to a provider. */
@NullMarked
package io.tidings.benchmarks.dispatch;

import org.jspecify.annotations.NullMarked;
