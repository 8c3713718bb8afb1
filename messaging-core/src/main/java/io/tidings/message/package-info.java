/** The values everything else speaks in: numbers, ids, content, statuses. Imports nothing of Tidings. */
@NullMarked
package io.tidings.message;

import org.jspecify.annotations.NullMarked;
