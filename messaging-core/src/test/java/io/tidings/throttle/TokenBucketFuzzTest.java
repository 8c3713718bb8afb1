package io.tidings.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TokenBucketFuzzTest {
    private static final int THREADS = 4;
    private static final int CALLS = Torture.size(200_000, 5_000_000);

    @Test
    void threads_together_never_take_more_than_the_bucket_minted_nor_lose_a_permit() throws Exception {
        Limit limit = Limit.of(Rate.perSecond(50_000), 1_000);
        long before = System.nanoTime();
        TokenBucket bucket = TokenBucket.full(limit, System::nanoTime);
        long kept = sum(thread -> () -> net(bucket, new SplittableRandom(thread)));
        long left = bucket.available();
        long after = System.nanoTime();
        double minted = (after - before) * 50_000 / 1e9;
        assertThat((double) kept).isLessThanOrEqualTo(1_000 + minted + 1);
        assertThat(left).isLessThanOrEqualTo(1_000);
    }

    @Test
    void while_the_clock_stands_still_every_permit_is_granted_exactly_once() throws Exception {
        ManualTicker ticker = new ManualTicker(0);
        TokenBucket bucket = TokenBucket.full(Limit.of(Rate.perSecond(1), 100_000_000), ticker);
        long kept = sum(thread -> () -> net(bucket, new SplittableRandom(thread)));
        assertThat(bucket.available()).isEqualTo(100_000_000 - kept);
    }

    @Test
    void the_last_permits_are_neither_doubled_nor_lost() throws Exception {
        TokenBucket bucket = TokenBucket.full(Limit.of(Rate.perSecond(1), CALLS), new ManualTicker(7));
        long granted = sum(thread -> () -> {
            long mine = 0;
            for (int call = 0; call < CALLS; call++) {
                mine += bucket.tryAcquire(1) ? 1 : 0;
            }
            return mine;
        });
        assertThat(granted).isEqualTo(CALLS);
        assertThat(bucket.available()).isZero();
    }

    @Test
    void a_limit_that_changes_all_the_time_never_grants_above_the_fastest() throws Exception {
        long before = System.nanoTime();
        TokenBucket bucket = TokenBucket.empty(Limit.of(Rate.perSecond(10_000), 100), System::nanoTime);
        long kept = sum(thread -> () -> {
            SplittableRandom random = new SplittableRandom(thread);
            if (thread > 0) {
                return net(bucket, random);
            }
            for (int change = 0; change < CALLS / 20; change++) {
                bucket.change(Limit.of(Rate.perSecond(random.nextInt(1, 10_001)), random.nextInt(1, 101)));
            }
            return 0L;
        });
        double minted = (System.nanoTime() - before) * 10_000 / 1e9;
        assertThat((double) kept).isLessThanOrEqualTo(100 + minted + 1);
    }

    /** Permits a thread has taken and not given back after many random calls. */
    private static long net(TokenBucket bucket, SplittableRandom random) {
        long kept = 0;
        for (int call = 0; call < CALLS; call++) {
            int permits = random.nextInt(1, 8);
            int keep = random.nextInt(3);
            int taken = random.nextBoolean()
                    ? bucket.tryAcquireUpTo(permits, keep)
                    : bucket.tryAcquire(permits, keep) ? permits : 0;
            kept += taken;
            if (taken > 1 && random.nextInt(4) == 0) {
                bucket.release(1);
                kept--;
            }
        }
        return kept;
    }

    private static long sum(java.util.function.IntFunction<Callable<Long>> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                running.add(pool.submit(work.apply(thread)));
            }
            long sum = 0;
            for (Future<Long> each : running) {
                sum += each.get();
            }
            return sum;
        } finally {
            pool.shutdownNow();
        }
    }
}
