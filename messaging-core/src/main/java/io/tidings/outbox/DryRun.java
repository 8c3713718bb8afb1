package io.tidings.outbox;

import io.tidings.gate.GateRecord;
import io.tidings.message.Content;
import io.tidings.message.Segments;
import java.util.List;

/**
 * What sending a message would do.
 *
 * @param content what it would say, rendered
 * @param segments how the text would be encoded and cut, and which characters force UCS-2
 * @param receipt the receipt it would get; its id belongs to no message
 * @param decisions what the gates would say
 */
public record DryRun(Content content, Segments segments, Receipt receipt, List<GateRecord> decisions) {
    /** Copies the decisions. */
    public DryRun {
        decisions = List.copyOf(decisions);
    }
}
