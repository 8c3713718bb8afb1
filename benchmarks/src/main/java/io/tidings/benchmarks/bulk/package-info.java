/** A file of recipients, all the way to delivered messages, beside the loop that people write today. */
@NullMarked
package io.tidings.benchmarks.bulk;

import org.jspecify.annotations.NullMarked;
