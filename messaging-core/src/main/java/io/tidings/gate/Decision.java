package io.tidings.gate;

import io.tidings.message.MessageStatus;
import java.time.Instant;
import java.util.Map;

/** What a gate says, with the values it used. Reasons and values never hold a number or a text. */
public sealed interface Decision {

    /** One sentence for people. */
    String reason();

    /** The values it decided by, for the record. */
    Map<String, String> values();

    /** The message may go on. */
    record Pass(String reason, Map<String, String> values) implements Decision {
        /** Copies the values. */
        public Pass {
            values = Map.copyOf(values);
        }
    }

    /** Not now, but at this time. */
    record Delay(Instant until, String reason, Map<String, String> values) implements Decision {
        /** Copies the values. */
        public Delay {
            values = Map.copyOf(values);
        }
    }

    /**
     * Never.
     *
     * @param status {@link MessageStatus#REFUSED}, or {@link MessageStatus#EXPIRED} when time was the reason
     */
    record Refuse(MessageStatus status, String reason, Map<String, String> values) implements Decision {
        /** Copies the values and checks the status. */
        public Refuse {
            values = Map.copyOf(values);
            if (status != MessageStatus.REFUSED && status != MessageStatus.EXPIRED) {
                throw new IllegalArgumentException("a gate refuses with REFUSED or EXPIRED, got " + status);
            }
        }

        /** Refuses for a reason other than time. */
        public Refuse(String reason, Map<String, String> values) {
            this(MessageStatus.REFUSED, reason, values);
        }
    }

    /** Calls the one function that fits, so that a new variant does not compile until it is handled. */
    default <R> R match(Cases<R> cases) {
        if (this instanceof Pass pass) {
            return cases.pass(pass);
        }
        if (this instanceof Delay delay) {
            return cases.delay(delay);
        }
        return cases.refuse((Refuse) this);
    }

    /** One function per variant. */
    interface Cases<R> {
        /** It may go on. */
        R pass(Pass pass);

        /** Not now. */
        R delay(Delay delay);

        /** Never. */
        R refuse(Refuse refuse);
    }
}
