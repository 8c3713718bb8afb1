/** The worker that takes messages out of the outbox and hands them to the provider. */
@NullMarked
package io.tidings.dispatch;

import org.jspecify.annotations.NullMarked;
