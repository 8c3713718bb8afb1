package io.tidings.gate;

import io.tidings.message.MessageId;
import io.tidings.message.TenantId;

/** A gate that wants to know when its decision at {@code send()} has been committed, for example to alert somebody. */
interface DecisionListener extends Gate {

    /** Called once after the commit, never for a preview. What it throws is logged and breaks nothing. */
    void committed(MessageId message, TenantId tenant, Decision decision);
}
