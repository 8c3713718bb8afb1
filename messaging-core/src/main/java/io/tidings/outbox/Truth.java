package io.tidings.outbox;

import io.tidings.history.MessageRow;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageStatus;

/** What a provider's word about an attempt means for its message. */
final class Truth {
    private Truth() {}

    static MessageStatus of(AttemptStatus status) {
        return switch (status) {
            case ACCEPTED, QUEUED, SENDING -> MessageStatus.ACCEPTED;
            case SENT -> MessageStatus.SENT;
            case CANCELED -> MessageStatus.CANCELED;
            case FAILED, REJECTED -> MessageStatus.FAILED;
            case UNDELIVERED -> MessageStatus.UNDELIVERED;
            case DELIVERED -> MessageStatus.DELIVERED;
            case READ -> MessageStatus.READ;
            case SENDING_TO_PROVIDER, UNSENT, THROTTLED, UNCERTAIN ->
                throw new IllegalArgumentException("the provider did not say " + status);
        };
    }

    /**
     * Whether the message ended by what the provider said of its newest attempt, not by a cancellation of the host or a
     * gate. Only such an end may become another one, when the provider contradicts itself.
     */
    static boolean isProvidersEnd(MessageRow row) {
        return switch (row.status()) {
            case FAILED, UNDELIVERED, DEAD, EXPIRED -> true;
            case CANCELED -> row.failure() == null;
            default -> false;
        };
    }

    /** An end that we chose without the provider's word. */
    static boolean isOurs(MessageStatus end) {
        return end == MessageStatus.DEAD || end == MessageStatus.EXPIRED;
    }

    /**
     * Which of two statuses of a message that has left the queue is known better. Delivery outweighs everything; apart
     * from that an end is not left again, but for one of ours, a dead letter or an expired message: the provider turns out
     * to have it, so it is neither, and a replay would be a second copy.
     */
    static MessageStatus better(MessageStatus known, MessageStatus seen) {
        if (seen == MessageStatus.READ || known == MessageStatus.READ) {
            return MessageStatus.READ;
        }
        if (seen == MessageStatus.DELIVERED || known == MessageStatus.DELIVERED) {
            return MessageStatus.DELIVERED;
        }
        if (isOurs(known)) {
            return seen;
        }
        if (known.isTerminal()) {
            return known;
        }
        return seen.compareTo(known) > 0 ? seen : known;
    }
}
