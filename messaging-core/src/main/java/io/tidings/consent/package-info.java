/** Who may not be texted any more, and the gate that keeps it. */
@NullMarked
package io.tidings.consent;

import org.jspecify.annotations.NullMarked;
