/** A thousand recipients from a CSV file, through the whole of Tidings, on one machine; or one real text. */
@NullMarked
package io.tidings.examples.quickstart;

import org.jspecify.annotations.NullMarked;
