/** Twilio as a provider: the only place that knows OkHttp and the Twilio SDK. */
@NullMarked
package io.tidings.twilio;

import org.jspecify.annotations.NullMarked;
