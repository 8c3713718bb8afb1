/** Keys by which other programs are let in, kept by their hash. */
@NullMarked
package io.tidings.access;

import org.jspecify.annotations.NullMarked;
