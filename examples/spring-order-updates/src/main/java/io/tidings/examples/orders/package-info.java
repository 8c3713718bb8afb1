/** A shop that texts its customers when an order is ready. */
@NullMarked
package io.tidings.examples.orders;

import org.jspecify.annotations.NullMarked;
