/** How a host tests what it sends: a slice with a fake provider, steppable time and no worker thread. */
@NullMarked
package io.tidings.spring.test;

import org.jspecify.annotations.NullMarked;
