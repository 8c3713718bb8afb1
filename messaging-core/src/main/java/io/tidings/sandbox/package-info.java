/** The sandbox: a local Twilio for messages on the JDK's own HTTP server, independent of the rest of Tidings. */
@NullMarked
package io.tidings.sandbox;

import org.jspecify.annotations.NullMarked;
