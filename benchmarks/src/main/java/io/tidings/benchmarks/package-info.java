/** Measurements of Tidings beside its peers: how results are kept and printed. Never published. */
@NullMarked
package io.tidings.benchmarks;

import org.jspecify.annotations.NullMarked;
