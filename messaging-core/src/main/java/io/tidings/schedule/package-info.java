/** When something is sent again and again, and what. */
@NullMarked
package io.tidings.schedule;

import org.jspecify.annotations.NullMarked;
