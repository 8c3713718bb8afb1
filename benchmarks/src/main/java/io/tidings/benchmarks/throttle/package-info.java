/** The throttle beside Bucket4j, Guava, Resilience4j, Failsafe and a bucket packed in one long. */
@NullMarked
package io.tidings.benchmarks.throttle;

import org.jspecify.annotations.NullMarked;
