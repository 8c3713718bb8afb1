package io.tidings.webhook;

import io.tidings.message.StoreUnavailableException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits for a sink no longer than the provider waits for us. A pool whose database is away makes everybody wait for as long as
 * it was told to, half a minute as a rule: then the provider has given up, and the web server has no thread left.
 *
 * <p>What has begun goes on when nobody waits for it any more, and may still be kept: sinks take the same fact any number
 * of times. What has not begun by then never does. While several that nobody waits for any more are still at it, the store
 * is taken to be away, and nobody waits at all: else each of a web server's threads would, one request after the other.
 * Safe for use by many threads.
 */
final class Deadline {
    private static final int THREADS = 32;
    private static final int WAITING = 4_096;
    /** More than wait for a lock on one message. */
    private static final int AWAY = 8;

    private final Duration most;
    private final ThreadPoolExecutor threads;
    /** Calls of the store that nobody waits for any more and that have not ended. */
    private final AtomicInteger late = new AtomicInteger();

    Deadline(Duration most) {
        if (most.isNegative() || most.isZero()) {
            throw new IllegalArgumentException("a callback is answered within a positive time, not " + most);
        }
        this.most = most;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "tidings-webhook-store");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    StatusSink aroundStatuses(StatusSink sink) {
        return (attempt, fact, raw) -> within(() -> sink.accept(attempt, fact, raw));
    }

    InboundSink aroundInbound(InboundSink sink) {
        return (account, received, raw) -> within(() -> sink.accept(account, received, raw));
    }

    private <T> T within(Callable<T> store) {
        if (late.get() >= AWAY) {
            throw new StoreUnavailableException(
                    "the store is taken to be away", new TimeoutException(AWAY + " calls of it have not ended"));
        }
        Call<T> call = new Call<>(store);
        Future<T> kept = begin(call);
        try {
            return kept.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.giveUp();
            throw new StoreUnavailableException("the store did not answer within " + most.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while the store was asked", e);
        } catch (ExecutionException e) {
            throw thrown(Objects.requireNonNull(e.getCause()));
        } finally {
            kept.cancel(false);
        }
    }

    private <T> Future<T> begin(Callable<T> store) {
        try {
            return threads.submit(store);
        } catch (RejectedExecutionException e) {
            throw new StoreUnavailableException(WAITING + " callbacks wait for the store already", e);
        }
    }

    /** One call of the store, which counts as late from when it is given up until it ends. */
    private final class Call<T> implements Callable<T> {
        private final Callable<T> store;
        /** Guarded by this, as all below. */
        private boolean begun;

        private boolean ended;
        private boolean givenUp;

        Call(Callable<T> store) {
            this.store = store;
        }

        @Override
        public T call() throws Exception {
            synchronized (this) {
                begun = true;
            }
            try {
                return store.call();
            } finally {
                end();
            }
        }

        private synchronized void end() {
            ended = true;
            if (givenUp) {
                late.decrementAndGet();
            }
        }

        synchronized void giveUp() {
            if (begun && !ended) {
                givenUp = true;
                late.incrementAndGet();
            }
        }
    }

    private static RuntimeException thrown(Throwable cause) {
        if (cause instanceof RuntimeException known) {
            return known;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a sink threw " + cause.getClass().getName(), cause);
    }
}
