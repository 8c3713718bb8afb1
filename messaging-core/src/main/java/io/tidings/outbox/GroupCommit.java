package io.tidings.outbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits together what many threads bring at the same time. While one of them commits, what comes gathers, and is the next
 * group; who comes alone does not wait for others. Safe for use by many threads.
 *
 * @param <T> what is committed
 */
final class GroupCommit<T> {
    private static final int MOST = 100;
    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private final Function<T, ?> subject;
    private final Function<List<T>, List<Boolean>> work;
    private final Queue<Entry<T>> waiting = new ConcurrentLinkedQueue<>();
    /** Fair, so that nobody waits for more than the group before and the own one. */
    private final ReentrantLock turn = new ReentrantLock(true);

    /** Guarded by the turn. */
    private static final class Entry<T> {
        private final T content;
        private boolean over;
        private boolean committed;

        Entry(T content) {
            this.content = content;
        }

        void end(boolean isCommitted) {
            over = true;
            committed = isCommitted;
        }
    }

    /**
     * Commits groups by this work.
     *
     * @param subject what it is about; of what is about the same each is in a group of its own
     * @param work commits what it is given, all of it or nothing, and tells of each whether it was of the kind that it
     *     commits; if it throws, nothing is committed
     */
    GroupCommit(Function<T, ?> subject, Function<List<T>, List<Boolean>> work) {
        this.subject = subject;
        this.work = work;
    }

    /**
     * Whether it is committed now. If not, because the work left it out or because its group failed, it is as before, and the
     * caller goes on by itself.
     */
    boolean commit(T one) {
        Entry<T> mine = new Entry<>(one);
        waiting.add(mine);
        turn.lock();
        try {
            while (!mine.over) {
                run(next());
            }
            return mine.committed;
        } finally {
            turn.unlock();
        }
    }

    /** How many nobody commits yet. */
    int waiting() {
        return waiting.size();
    }

    private List<Entry<T>> next() {
        List<Entry<T>> group = new ArrayList<>();
        List<Entry<T>> later = new ArrayList<>();
        Set<Object> subjects = new HashSet<>();
        for (Entry<T> entry = waiting.poll(); entry != null; entry = group.size() < MOST ? waiting.poll() : null) {
            (subjects.add(subject.apply(entry.content)) ? group : later).add(entry);
        }
        waiting.addAll(later);
        return group;
    }

    private void run(List<Entry<T>> group) {
        try {
            List<Boolean> committed =
                    work.apply(group.stream().map(entry -> entry.content).toList());
            for (int place = 0; place < group.size(); place++) {
                group.get(place).end(committed.get(place));
            }
        } catch (RuntimeException e) {
            log.debug(
                    "a group of {} failed, each goes on alone: {}",
                    group.size(),
                    e.getClass().getName());
        } finally {
            group.stream().filter(entry -> !entry.over).forEach(entry -> entry.end(false));
        }
    }
}
