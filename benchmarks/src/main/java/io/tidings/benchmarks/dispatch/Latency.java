package io.tidings.benchmarks.dispatch;

import io.tidings.Tidings;
import io.tidings.benchmarks.Samples;
import io.tidings.benchmarks.Texts;
import io.tidings.benchmarks.stub.Stub;
import io.tidings.message.TimeSource;
import io.tidings.outbox.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long after {@code send()} was called an idle system's request reaches the stub, in milliseconds. */
final class Latency {
    private static final int WARM = 50;

    private Latency() {}

    static Samples measure(Stub stub, int sends) {
        stub.reset(0);
        Random pauses = new Random(7);
        Texts texts = new Texts();
        List<Double> millis = new ArrayList<>();
        try (Tidings tidings = Ours.tidings(stub, 64, Stores.inMemory(TimeSource.system()))) {
            for (int number = 1; number <= WARM + sends; number++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20 + pauses.nextInt(40)));
                long start = Stub.micros();
                tidings.send(Ours.message(texts.next()));
                double took = (stub.await(number) - start) / 1e3;
                if (number > WARM) {
                    millis.add(took);
                }
            }
        }
        return new Samples(millis);
    }
}
