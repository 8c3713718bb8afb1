package io.tidings.spring;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;

/**
 * The threads that wait for the provider: virtual ones where the application uses them, else a pool of as many as requests
 * may be under way. No bean of a common type, so that nothing of the host's backs off because of it.
 */
final class SendingThreads implements AutoCloseable {
    /** Beside the requests under way: polls and looks at lists. */
    private static final int SPARE = 8;

    private final @Nullable ThreadPoolExecutor pool;

    SendingThreads(Environment environment, int inFlight) {
        this.pool = Threading.VIRTUAL.isActive(environment) ? null : pool(inFlight + SPARE);
    }

    private static ThreadPoolExecutor pool(int most) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor made =
                new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "tidings-send-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    /** Empty for core's own, which are virtual. */
    Optional<Executor> executor() {
        return Optional.ofNullable(pool);
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.shutdownNow();
        }
    }
}
