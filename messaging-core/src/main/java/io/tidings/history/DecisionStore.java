package io.tidings.history;

import io.tidings.gate.GateRecord;
import io.tidings.message.MessageId;
import java.util.List;
import java.util.Map;

/** What the gates decided about each message. Writing joins the caller's transaction. Safe for use by many threads. */
public interface DecisionStore {

    /** Appends decisions about each message in their order; an empty list appends nothing. */
    void append(Map<MessageId, List<GateRecord>> records);

    /** Appends decisions about one message. */
    default void append(MessageId message, List<GateRecord> records) {
        append(Map.of(message, records));
    }

    /** All decisions about a message, in order. */
    List<GateRecord> decisions(MessageId message);
}
