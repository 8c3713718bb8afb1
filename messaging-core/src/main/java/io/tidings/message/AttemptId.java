package io.tidings.message;

/**
 * One try to hand a message to the provider.
 *
 * @param message the message
 * @param number from 1, never reused for the same message
 */
public record AttemptId(MessageId message, int number) implements Comparable<AttemptId> {

    /** Checks the number. */
    public AttemptId {
        if (number < 1) {
            throw new IllegalArgumentException("attempts are numbered from 1, got " + number);
        }
    }

    @Override
    public int compareTo(AttemptId other) {
        int byMessage = message.compareTo(other.message);
        return byMessage != 0 ? byMessage : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return message + "." + number;
    }
}
