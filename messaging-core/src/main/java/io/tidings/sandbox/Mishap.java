package io.tidings.sandbox;

import java.util.Locale;

/**
 * One kind of bad luck of a hostile sandbox. Its share is set in a {@link Hostility}; {@link Faults} can also bring it on
 * by hand.
 */
public enum Mishap {
    /** The creation is read and dropped, the connection closed: no message. */
    LOST_BEFORE_ACCEPT(Target.CREATE),
    /** The message is created, then the connection closed without one byte of the answer. */
    LOST_AFTER_ACCEPT(Target.CREATE),
    /** The message is created, half of the answer's body leaves. */
    HALF_ANSWER(Target.CREATE),
    /** The creation is read and dropped, the connection reset: no message. */
    RESET_BEFORE_ACCEPT(Target.CREATE),
    /** The message is created, then the connection reset. */
    RESET_AFTER_ACCEPT(Target.CREATE),
    /** 500, 502, 503 or 504 without a message. */
    ERROR_BEFORE_ACCEPT(Target.CREATE),
    /** 500, 502, 503 or 504, and yet the message is created. */
    ERROR_AFTER_ACCEPT(Target.CREATE),
    /** An HTML page of a middlebox with 200, 502 or 503; no message. */
    PAGE_BEFORE_ACCEPT(Target.CREATE),
    /** An HTML page of a middlebox with 200, 502 or 503 instead of the answer; the message is created. */
    PAGE_AFTER_ACCEPT(Target.CREATE),
    /** 201 and JSON without a SID; no message. */
    NO_SID_BEFORE_ACCEPT(Target.CREATE),
    /** 201 and JSON without a SID; the message is created. */
    NO_SID_AFTER_ACCEPT(Target.CREATE),
    /** The message is created at once, the answer comes late. */
    SLOW_ANSWER(Target.CREATE),
    /** The message is created at once, the answer comes byte by byte. */
    DRIBBLED_ANSWER(Target.CREATE),
    /** The answer waits until the message's first callback has been answered. */
    CALLBACK_EARLY(Target.CREATE),
    /** A list or a fetch is answered 503. */
    READ_ERROR(Target.READ),
    /** A status callback comes a second time, later. */
    CALLBACK_DUPLICATED(Target.CALLBACK),
    /** A status callback comes late, out of its order. */
    CALLBACK_REORDERED(Target.CALLBACK),
    /** A status callback never comes. */
    CALLBACK_DROPPED(Target.CALLBACK),
    /** The webhook of an inbound message comes a second time, later. */
    INBOUND_DUPLICATED(Target.INBOUND),
    /** The webhook of an inbound message comes late, out of its order. */
    INBOUND_REORDERED(Target.INBOUND),
    /** The webhook of an inbound message never comes; the message is in the list. */
    INBOUND_DROPPED(Target.INBOUND),
    /** 429 in a storm: see {@link Hostility.Storms}. */
    STORM(Target.TIME),
    /** An answer or a webhook lost in a restart: see {@link Hostility.Restarts}. */
    RESTART(Target.TIME);

    private final Target target;

    Mishap(Target target) {
        this.target = target;
    }

    /** What a mishap strikes. Those of time have no share. */
    enum Target {
        CREATE,
        READ,
        CALLBACK,
        INBOUND,
        TIME
    }

    Target target() {
        return target;
    }

    /** As the control API and the command line write it. */
    static Mishap named(String name) {
        for (Mishap each : values()) {
            if (each.name().equals(name.replace('-', '_').toUpperCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new IllegalArgumentException("There is no such mishap: take one of the guide of the hostile sandbox,"
                + " such as lost-after-accept");
    }
}
