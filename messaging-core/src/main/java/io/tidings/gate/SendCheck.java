package io.tidings.gate;

import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.Map;

/**
 * The host's own question just before a message leaves, for example whether the appointment still stands.
 *
 * <p>It may wait for a database or another system: it runs on a thread of its own, outside of any transaction and before
 * permits are taken. Only {@link Decision.Pass} lets the message go. If it throws, or does not answer in time, the
 * message is held back and asked about again, never sent. Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface SendCheck {

    /** Decides about one message. Any exception holds the message back. */
    Decision check(Candidate candidate) throws Exception;

    /** The decision to let it go, for checks that have nothing to explain. */
    static Decision pass() {
        return new Decision.Pass("the host lets it go", Map.of());
    }

    /** The decision never to send it. The reason is kept with the message, so it holds no personal data. */
    static Decision refuse(String reason) {
        return new Decision.Refuse(reason, Map.of());
    }

    /**
     * The message as the host knows it; without its text.
     *
     * @param id the message's id
     * @param tenant who owns it
     * @param category why it is sent
     * @param channel how it travels
     * @param to the recipient
     * @param tags the host's business names
     * @param acceptedAt when it was taken in
     */
    record Candidate(
            MessageId id,
            TenantId tenant,
            Category category,
            Channel channel,
            PhoneNumber to,
            Map<String, String> tags,
            Instant acceptedAt) {
        /** Copies the tags. */
        public Candidate {
            tags = Map.copyOf(tags);
        }
    }
}
