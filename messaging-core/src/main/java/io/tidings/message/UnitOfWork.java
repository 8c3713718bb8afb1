package io.tidings.message;

import java.util.function.Supplier;

/**
 * One transaction over all stores of a {@code Tidings}: everything the work writes becomes visible together, or
 * nothing does.
 *
 * <p>Nested calls join the outer one. If the work throws, nothing it wrote is visible afterwards, and the exception goes
 * through unchanged. That holds for nested work too: if the outer work catches the exception and goes on, either only
 * the nested work is undone, or the outer transaction can no longer commit. Never wait for the network inside: a database implementation holds a connection meanwhile. Safe
 * for use by many threads.
 */
public interface UnitOfWork {

    /** Runs the work inside a transaction and returns what it returns. */
    <T> T run(Supplier<T> work);

    /**
     * Runs the hint soon after the current transaction has committed, or now if there is none. Only a hint: it may be
     * late or lost, so whoever needs certainty also looks from time to time. Must be fast and must not throw.
     */
    void afterCommit(Runnable hint);

    /** Runs the work inside a transaction. */
    default void execute(Runnable work) {
        run(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }
}
