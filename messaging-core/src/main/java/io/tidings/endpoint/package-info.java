/** Outgoing webhooks: events told to other systems of the host over HTTP, signed, retried, and given up visibly. */
@NullMarked
package io.tidings.endpoint;

import org.jspecify.annotations.NullMarked;
