/** Token buckets and what adapts them: how fast a sender, an account or a tenant may go. Imports nothing of Tidings. */
@NullMarked
package io.tidings.throttle;

import org.jspecify.annotations.NullMarked;
