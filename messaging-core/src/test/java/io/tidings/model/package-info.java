/** The small exhaustive model of row 49: claim, send, crash and resolve as pure values, with nothing of the real code. */
@NullMarked
package io.tidings.model;

import org.jspecify.annotations.NullMarked;
