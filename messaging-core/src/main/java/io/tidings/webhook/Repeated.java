package io.tidings.webhook;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Says at once what went wrong, and from then on at most every ten seconds how often: while a store is away, each of
 * hundreds of requests a second fails in the same way. Safe for use by many threads.
 */
final class Repeated {
    private static final long EVERY = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanos;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong saidAt;

    Repeated(LongSupplier nanos) {
        this.nanos = nanos;
        this.saidAt = new AtomicLong(nanos.getAsLong() - EVERY);
    }

    /** It happened. Calls with how often since the last call, if it is time to say so. */
    void happened(LongConsumer say) {
        unsaid.incrementAndGet();
        long before = saidAt.get();
        long now = nanos.getAsLong();
        if (now - before >= EVERY && saidAt.compareAndSet(before, now)) {
            say.accept(unsaid.getAndSet(0));
        }
    }
}
