/** What happened to each message: its row, its attempts, what the provider said, what the gates decided. */
@NullMarked
package io.tidings.history;

import org.jspecify.annotations.NullMarked;
