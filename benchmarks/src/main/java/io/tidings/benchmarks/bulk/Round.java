package io.tidings.benchmarks.bulk;

import io.tidings.benchmarks.Database;
import io.tidings.benchmarks.Meter.Reading;
import io.tidings.benchmarks.Server;
import io.tidings.benchmarks.bulk.Contestant.Campaign;
import io.tidings.benchmarks.stub.Stub;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One round of one contestant in a database of its own. */
record Round(Server server, Stub stub, Contestant contestant) {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int THREADS = 16;

    /** Sends a file of that many rows and waits until every message is delivered. */
    Figures run(int rows, int delayMillis) throws Exception {
        Path file = Files.createTempFile("recipients", ".csv");
        try (Database database = server.empty();
                Campaign campaign = contestant.open(stub, database)) {
            Rows.write(file, rows);
            Undertow web = web(campaign);
            try {
                stub.callBack(((InetSocketAddress) web.getListenerInfo().get(0).getAddress()).getPort());
                stub.reset(delayMillis);
                return measure(campaign, file, rows);
            } finally {
                stub.callBack(0);
                web.stop();
            }
        } finally {
            Files.delete(file);
        }
    }

    private static Undertow web(Campaign campaign) {
        Undertow web = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", new BlockingHandler(campaign.callbacks()))
                .setIoThreads(1)
                .setWorkerThreads(THREADS)
                .build();
        web.start();
        return web;
    }

    private Figures measure(Campaign campaign, Path file, int rows) throws Exception {
        System.gc();
        Reading before = Reading.now();
        long start = System.nanoTime();
        campaign.send(file);
        while (campaign.delivered() < rows) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException(
                        contestant.name() + " delivered " + campaign.delivered() + " of " + rows + " and no more");
            }
            LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
        }
        long took = System.nanoTime() - start;
        double cpu = (Reading.now().cpuNanos() - before.cpuNanos()) / 1e9;
        return new Figures(rows * 1e9 / took, cpu * 10_000 / rows, stub.posts());
    }
}
