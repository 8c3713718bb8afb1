/** A garage that texts its customers without any framework. */
@NullMarked
package io.tidings.examples.plain;

import org.jspecify.annotations.NullMarked;
