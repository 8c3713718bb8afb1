/** Who did what, when, where and why: recorded with the change itself, sealed into a chain that shows tampering. */
@NullMarked
package io.tidings.audit;

import org.jspecify.annotations.NullMarked;
