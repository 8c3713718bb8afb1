/** How a running node is seen from outside: health, info, an endpoint, meters and observations; never a phone number. */
@NullMarked
package io.tidings.spring.observe;

import org.jspecify.annotations.NullMarked;
