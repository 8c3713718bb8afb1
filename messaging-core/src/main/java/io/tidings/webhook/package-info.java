/** What the provider tells us over HTTP, free of any web framework: signature, strict reading, status callbacks. */
@NullMarked
package io.tidings.webhook;

import org.jspecify.annotations.NullMarked;
