package io.tidings.model;

import java.util.ArrayList;
import java.util.List;

/**
 * One message: its queue row, or how it left the queue.
 *
 * @param row where it is
 * @param beginner the node that began the attempt of a row that is SENDING, or {@link State#NOBODY}
 * @param spent how many attempts used up budget
 * @param attempts oldest first
 */
record Message(Row row, int beginner, int spent, List<Attempt> attempts) {

    /** In the queue, or how it ended. */
    enum Row {
        QUEUED,
        SENDING,
        UNCERTAIN,
        ACCEPTED,
        DEAD,
        FAILED;

        boolean waits() {
            return compareTo(ACCEPTED) < 0;
        }
    }

    static final Message NEW = new Message(Row.QUEUED, State.NOBODY, 0, List.of());

    Message with(Row now) {
        return new Message(now, State.NOBODY, spent, attempts);
    }

    Message charged() {
        return new Message(row, beginner, spent + 1, attempts);
    }

    Message begunBy(int node) {
        List<Attempt> more = new ArrayList<>(attempts);
        more.add(Attempt.begunBy(node));
        return new Message(Row.SENDING, node, spent, more);
    }

    Message with(int number, Attempt attempt) {
        List<Attempt> changed = new ArrayList<>(attempts);
        changed.set(number, attempt);
        return new Message(row, beginner, spent, changed);
    }

    Attempt newest() {
        return attempts.get(attempts.size() - 1);
    }

    /** How many copies the provider has. */
    int copies() {
        return (int) attempts.stream().filter(Attempt::isTaken).count();
    }

    int known(Attempt.Known what) {
        return (int) attempts.stream().filter(one -> one.known() == what).count();
    }

    int decided(Attempt.Decided what) {
        return (int) attempts.stream().filter(one -> one.decided() == what).count();
    }
}
