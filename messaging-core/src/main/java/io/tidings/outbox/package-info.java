/** Messages that wait: taking them in, keeping them, settling them, and the dead letters. */
@NullMarked
package io.tidings.outbox;

import org.jspecify.annotations.NullMarked;
