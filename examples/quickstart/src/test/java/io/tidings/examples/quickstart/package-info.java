/** Tests of the quickstart, and the generator of its list. */
@NullMarked
package io.tidings.examples.quickstart;

import org.jspecify.annotations.NullMarked;
