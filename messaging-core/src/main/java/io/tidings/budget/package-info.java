/** What may be spent: limits, the store that keeps to them under concurrency, and the gate that asks it. */
@NullMarked
package io.tidings.budget;

import org.jspecify.annotations.NullMarked;
