package io.tidings.inbound;

import io.tidings.history.InboundMove;
import io.tidings.history.InboundRow;
import io.tidings.outbox.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a message that could not be processed. */
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private final Stores stores;
    private final InboundSettings settings;

    Failures(Stores stores, InboundSettings settings) {
        this.stores = stores;
        this.settings = settings;
    }

    /** Again later, or quarantine. Keeps the kind of the error, not its message, which may quote numbers. */
    void failed(InboundRow row, Throwable error) {
        String note = "failed with " + error.getClass().getName();
        if (row.claims() >= settings.attempts()) {
            quarantine(row, "tried " + row.claims() + " times, " + note);
        } else {
            log.warn("inbound message {}, try {}: {}", row.message().id(), row.claims(), note);
            stores.inbound().move(row, InboundMove.later(row.state(), settings.pauseAfter(row.claims()), note));
        }
    }

    /** Tells whether a message was begun so often without an end that it may be what stops the process. */
    boolean isPoison(InboundRow row) {
        if (row.claims() <= settings.attempts()) {
            return false;
        }
        quarantine(row, "begun " + row.claims() + " times without an end");
        return true;
    }

    private void quarantine(InboundRow row, String note) {
        log.error("inbound message {} is quarantined: {}", row.message().id(), note);
        stores.inbound().move(row, InboundMove.quarantined(note));
    }
}
