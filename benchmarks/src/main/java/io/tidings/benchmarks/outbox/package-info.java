/** What it costs to store a message durably, to work it off, and how that compares with the peers. */
@NullMarked
package io.tidings.benchmarks.outbox;

import org.jspecify.annotations.NullMarked;
