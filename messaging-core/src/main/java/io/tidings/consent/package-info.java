/** The ledger of what people said about being texted, what follows from it, and the gate that keeps it. */
@NullMarked
package io.tidings.consent;

import org.jspecify.annotations.NullMarked;
