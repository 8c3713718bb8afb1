/** The facade: {@link io.tidings.Tidings} assembles the system and owns its life cycle. */
@NullMarked
package io.tidings;

import org.jspecify.annotations.NullMarked;
