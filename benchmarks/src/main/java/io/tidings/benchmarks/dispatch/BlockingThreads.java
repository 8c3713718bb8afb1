package io.tidings.benchmarks.dispatch;

import io.tidings.benchmarks.Texts;
import io.tidings.benchmarks.dispatch.Contestant.Load;
import io.tidings.benchmarks.dispatch.Contestant.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** As many threads as the window is wide, each sending one text after the other. */
final class BlockingThreads implements Load {
    private final ExecutorService pool;
    private final List<Future<Sent>> running = new ArrayList<>();
    private final Runnable atEnd;
    private volatile boolean stopping;

    /** {@code send} tells whether the provider took the text. */
    BlockingThreads(int threads, Predicate<Texts.Text> send, Runnable atEnd) {
        this.atEnd = atEnd;
        this.pool = Executors.newFixedThreadPool(threads);
        Texts texts = new Texts();
        for (int thread = 0; thread < threads; thread++) {
            running.add(pool.submit(() -> loop(texts, send)));
        }
    }

    private Sent loop(Texts texts, Predicate<Texts.Text> send) {
        long attempts = 0;
        long failed = 0;
        while (!stopping) {
            attempts++;
            failed += send.test(texts.next()) ? 0 : 1;
        }
        return new Sent(attempts, failed);
    }

    @Override
    public Sent stop() throws Exception {
        stopping = true;
        long attempts = 0;
        long failed = 0;
        for (Future<Sent> each : running) {
            attempts += each.get(1, TimeUnit.MINUTES).attempts();
            failed += each.get().failed();
        }
        pool.shutdown();
        atEnd.run();
        return new Sent(attempts, failed);
    }
}
