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

/**
 * Waits for a sink no longer than the provider waits for us. A pool whose database is away makes everybody wait for as long as
 * it was told to, half a minute as a rule: then the provider has given up, and the web server has no thread left.
 *
 * <p>What has begun goes on when nobody waits for it any more, and may still be kept: sinks take the same fact any number
 * of times. What has not begun by then never does. Safe for use by many threads.
 */
final class Deadline {
    private static final int THREADS = 32;
    private static final int WAITING = 4_096;

    private final Duration most;
    private final ThreadPoolExecutor threads;

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

    StatusSink around(StatusSink sink) {
        return (attempt, fact, raw) -> within(() -> sink.accept(attempt, fact, raw));
    }

    InboundSink around(InboundSink sink) {
        return (received, raw) -> within(() -> sink.accept(received, raw));
    }

    private <T> T within(Callable<T> store) {
        Future<T> kept = begin(store);
        try {
            return kept.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
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
