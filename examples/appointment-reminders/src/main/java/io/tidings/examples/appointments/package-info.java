/** A practice that reminds its patients of their appointments. */
@NullMarked
package io.tidings.examples.appointments;

import org.jspecify.annotations.NullMarked;
