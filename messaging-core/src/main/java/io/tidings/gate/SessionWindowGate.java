package io.tidings.gate;

import io.tidings.message.Channel;
import io.tidings.message.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps WhatsApp's 24-hour rule: free text only within 24 hours of the recipient's last message to this sender, outside
 * it an approved template or nothing. Twilio takes the message anyway and fails it later with 63016.
 *
 * <p>Its decision tells what goes over the wire: {@link #carried} carries that out.
 */
public final class SessionWindowGate implements Gate {
    private static final String NAME = "whatsapp-window";
    /** Meta's figure. */
    private static final Duration WINDOW = Duration.ofHours(24);
    /** A request takes time, and clocks differ: a window that is about to close counts as closed. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private static final String CARRIED_AS = "carriedAs";
    private static final String FREE = "free text";
    private static final Decision OTHER_CHANNEL =
            new Decision.Pass("the 24-hour window is a rule of WhatsApp alone", Map.of());

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Decision check(GateRequest request) {
        if (request.message().channel() != Channel.WHATSAPP) {
            return OTHER_CHANNEL;
        }
        Instant last = request.facts().lastInboundAt();
        Map<String, String> values = new HashMap<>();
        values.put("lastInbound", last == null ? "never" : last.toString());
        boolean approved = request.message().content() instanceof Content.Approved;
        if (last != null && request.now().isBefore(last.plus(WINDOW).minus(MARGIN))) {
            values.put("windowEnds", last.plus(WINDOW).toString());
            values.put(CARRIED_AS, FREE);
            return new Decision.Pass("the recipient wrote within 24 hours, so free text may be sent", values);
        }
        if (approved) {
            values.put(CARRIED_AS, "template");
            values.put("contentSid", ((Content.Approved) request.message().content()).contentSid());
            return new Decision.Pass("the 24-hour window is closed, so the approved template is sent", values);
        }
        return new Decision.Refuse(
                "the 24-hour window is closed and the message has no approved template;"
                        + " send a template that whatsAppTemplates(...) maps to an approved one",
                values);
    }

    /** What goes over the wire after these decisions: the text of an approved template while the window is open. */
    public static Content carried(Content content, List<GateRecord> decisions) {
        if (!(content instanceof Content.Approved approved) || approved.text().text().isBlank()) {
            return content;
        }
        boolean free = decisions.stream()
                .anyMatch(record -> record.gate().equals(NAME)
                        && FREE.equals(record.decision().values().get(CARRIED_AS)));
        return free ? new Content.Text(approved.text()) : content;
    }
}
