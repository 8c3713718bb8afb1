package io.tidings.outbox;

import io.tidings.gate.GateRecord;
import io.tidings.message.Content;
import io.tidings.message.Segments;
import java.util.List;

/**
 * What sending a message would do: its text, characters, segments and encoding, its cost in the receipt, and what the
 * gates would say. Nothing is stored.
 *
 * @param content what it would say, rendered and with smart encoding applied if asked for
 * @param segments how the text would be encoded and cut, and which characters force UCS-2
 * @param receipt the receipt it would get, with the estimated cost; its id belongs to no message
 * @param decisions what the gates would say
 */
public record DryRun(Content content, Segments segments, Receipt receipt, List<GateRecord> decisions) {
    /** Copies the decisions. */
    public DryRun {
        decisions = List.copyOf(decisions);
    }

    /** The text as it would leave; empty for media without one. */
    public String text() {
        return content.body().text();
    }

    /** The characters of the text as people count them in most editors: Unicode code points. */
    public int characters() {
        return text().codePointCount(0, text().length());
    }
}
