package io.tidings.spring.observe;

import io.tidings.message.TraceParent;
import java.util.Optional;

/** The span that the thread is in; empty without tracing. */
@FunctionalInterface
interface CurrentSpan {

    /** The span, as it is stored with a message. */
    Optional<TraceParent> now();
}
