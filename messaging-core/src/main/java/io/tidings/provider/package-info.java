/** The port to whoever carries messages, and what an attempt can produce. */
@NullMarked
package io.tidings.provider;

import org.jspecify.annotations.NullMarked;
