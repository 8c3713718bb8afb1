package io.tidings.dispatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the threads that wait for the provider: virtual ones where the JVM has them (21 and newer), else a pool. */
final class WorkerThreads {
    private static final Logger log = LoggerFactory.getLogger(WorkerThreads.class);

    /** With many accounts not all of them are at their limit. */
    private static final int MOST = 1024;

    private WorkerThreads() {}

    /** An executor for blocking calls; the caller bounds how many run at once. */
    static ExecutorService create(int most) {
        if (Runtime.version().feature() >= 21) {
            try {
                return (ExecutorService) MethodHandles.publicLookup()
                        .findStatic(
                                Executors.class,
                                "newVirtualThreadPerTaskExecutor",
                                MethodType.methodType(ExecutorService.class))
                        .invoke();
            } catch (Throwable e) {
                log.warn("this JVM refused virtual threads ({}), platform threads are used", e.toString());
            }
        }
        return pool(most);
    }

    /** Lets a pool have that many threads, but no more than {@link #MOST}; virtual ones need no leave. */
    static void fit(ExecutorService executor, int most) {
        int fitting = Math.min(MOST, most);
        if (executor instanceof ThreadPoolExecutor pool && fitting > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(fitting);
            pool.setCorePoolSize(fitting);
        }
    }

    private static ExecutorService pool(int most) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "tidings-send-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
