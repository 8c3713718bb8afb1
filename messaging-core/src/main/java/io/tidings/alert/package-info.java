/** Alerts that stand, known to all nodes, so that one cause is told once. */
@NullMarked
package io.tidings.alert;

import org.jspecify.annotations.NullMarked;
