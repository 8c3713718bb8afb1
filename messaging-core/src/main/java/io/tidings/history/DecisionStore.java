package io.tidings.history;

import io.tidings.gate.GateRecord;
import io.tidings.message.MessageId;
import java.util.List;

/** What the gates decided about each message. Writing joins the caller's transaction. Safe for use by many threads. */
public interface DecisionStore {

    /** Appends decisions in their order. */
    void append(MessageId message, List<GateRecord> records);

    /** All decisions about a message, in order. */
    List<GateRecord> decisions(MessageId message);
}
