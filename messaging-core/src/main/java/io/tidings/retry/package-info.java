/** Decides what follows a failed attempt: the table of provider error codes, backoff, and the policy that reads both. */
@NullMarked
package io.tidings.retry;

import org.jspecify.annotations.NullMarked;
