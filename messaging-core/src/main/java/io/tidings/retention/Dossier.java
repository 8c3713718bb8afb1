package io.tidings.retention;

import io.tidings.audit.AuditEntry;
import io.tidings.consent.ConsentEntry;
import io.tidings.message.InboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.report.CsvMode;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that is known about a person. Prints only how much that is.
 *
 * @param person who
 * @param sent messages to the person, newest first
 * @param received messages from the person, newest first
 * @param consent what the person said about being texted, oldest first
 * @param acts what the audit trail has about those messages
 * @param invitations the keys of the API that the person is a guest of
 */
public record Dossier(
        PhoneNumber person,
        List<KeptMessage> sent,
        List<Heard> received,
        List<ConsentEntry> consent,
        List<AuditEntry> acts,
        List<Invitation> invitations) {

    /** Copies the lists. */
    public Dossier {
        sent = List.copyOf(sent);
        received = List.copyOf(received);
        consent = List.copyOf(consent);
        acts = List.copyOf(acts);
        invitations = List.copyOf(invitations);
    }

    /**
     * A key of the API that may reach the person, because somebody listed the number with it.
     *
     * @param key its id
     * @param at when it was made
     */
    public record Invitation(String key, Instant at) {}

    /**
     * A message from the person.
     *
     * @param message what it says
     * @param raw everything the provider said about it
     */
    public record Heard(InboundMessage message, Map<String, String> raw) {
        /** Copies the parameters. */
        public Heard {
            raw = Map.copyOf(raw);
        }

        /** Prints no parameter values: they hold numbers and texts. */
        @Override
        public String toString() {
            return "Heard[" + message + ", raw=" + raw.keySet() + "]";
        }
    }

    /** The same as maps, lists, texts and numbers, in a stable order, as any writer of JSON takes them. */
    public Map<String, Object> asMap() {
        return new DossierMap(this).map();
    }

    /** The same as one table, a line for each thing that happened: when, what, and its details. Flushes the writer. */
    public void write(CsvMode mode, Writer out) throws IOException {
        new DossierMap(this).write(mode, out);
    }

    @Override
    public String toString() {
        return "Dossier[sent=" + sent.size() + ", received=" + received.size() + ", consent=" + consent.size()
                + ", acts=" + acts.size() + ", invitations=" + invitations.size() + "]";
    }
}
