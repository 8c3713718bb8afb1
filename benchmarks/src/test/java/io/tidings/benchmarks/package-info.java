/** Whether what measures can be believed. */
@NullMarked
package io.tidings.benchmarks;

import org.jspecify.annotations.NullMarked;
