package io.tidings.examples.quickstart;

import io.tidings.message.ErrorKind;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.MessageView;

/** How a message is counted at the end. Each message has one fate. */
enum Fate {
    /** The handset has it. */
    DELIVERED,
    /** It ended undelivered, with a reason. */
    FAILED,
    /** A gate said no. */
    REFUSED,
    /**
     * Nobody knows whether it arrived: the carrier sends no receipts ({@code SENT}), or the outcome stayed unknown to the
     * end. Also whatever is unfinished when the run ends; that is an error besides, see {@link #isUnfinished}.
     */
    GIVEN_UP;

    static Fate of(MessageView view) {
        return switch (view.status()) {
            case DELIVERED, READ -> DELIVERED;
            case UNDELIVERED, FAILED, EXPIRED, CANCELED -> FAILED;
            case REFUSED -> REFUSED;
            case DEAD -> view.failure() != null && view.failure().kind() == ErrorKind.AMBIGUOUS ? GIVEN_UP : FAILED;
            case SCHEDULED, QUEUED, SENDING, UNCERTAIN, ACCEPTED, SENT -> GIVEN_UP;
        };
    }

    /** Whether a message in this status at the end of a run is stuck: neither final nor with the carrier. */
    static boolean isUnfinished(MessageStatus status) {
        return switch (status) {
            case SCHEDULED, QUEUED, SENDING, UNCERTAIN, ACCEPTED -> true;
            case SENT, DELIVERED, READ, UNDELIVERED, FAILED, REFUSED, EXPIRED, CANCELED, DEAD -> false;
        };
    }
}
