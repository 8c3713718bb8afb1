/** What people wait for when they look things up over HTTP in a store that holds months. */
@NullMarked
package io.tidings.benchmarks.rest;

import org.jspecify.annotations.NullMarked;
