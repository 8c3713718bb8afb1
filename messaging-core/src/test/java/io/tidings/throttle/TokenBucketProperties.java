package io.tidings.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class TokenBucketProperties {
    private static final long SECOND = 1_000_000_000L;

    /** A bucket counts in 1/256 of a permit, so it may differ from exact decimals by one such share per anchor. */
    private static final BigDecimal SHARE = new BigDecimal("0.00390625");

    /** One call after the clock has moved by that much. */
    record Step(long move, int what, int permits, int keep, Limit limit) {}

    @Property(tries = 2_000)
    void the_bucket_agrees_with_exact_decimals_whatever_the_clock_does(
            @ForAll("limits") Limit limit,
            @ForAll long start,
            @ForAll boolean full,
            @ForAll("anySteps") List<Step> steps) {
        ManualTicker ticker = new ManualTicker(start);
        TokenBucket bucket = full ? TokenBucket.full(limit, ticker) : TokenBucket.empty(limit, ticker);
        ReferenceBucket reference = new ReferenceBucket(limit, start, full);
        BigDecimal slack = SHARE.multiply(new BigDecimal("1.01"));
        for (Step step : steps) {
            ticker.advance(step.move());
            BigDecimal level = reference.levelAt(ticker.getAsLong());
            assertThat(bucket.available()).isBetween(whole(level.subtract(slack)), whole(level.add(slack)));
            slack = slack.add(step.move() < 0 || step.what() == 4 ? SHARE : BigDecimal.ZERO);
            compare(step, bucket, reference, level, slack, ticker.getAsLong());
        }
    }

    private static void compare(
            Step step, TokenBucket bucket, ReferenceBucket reference, BigDecimal level, BigDecimal slack, long tick) {
        switch (step.what()) {
            case 0, 1 -> {
                BigDecimal spare = level.subtract(reference.needed(step.permits(), step.keep()));
                boolean now = bucket.nanosUntil(step.permits(), step.keep()) == 0;
                boolean granted = bucket.tryAcquire(step.permits(), step.keep());
                assertThat(granted).isEqualTo(now);
                assertThat(granted ? spare.add(slack) : spare.subtract(slack).negate())
                        .isGreaterThanOrEqualTo(BigDecimal.ZERO);
                if (granted) {
                    reference.take(step.permits());
                }
            }
            case 2 -> {
                BigDecimal kept =
                        BigDecimal.valueOf(step.keep()).min(reference.burst().subtract(BigDecimal.ONE));
                int taken = bucket.tryAcquireUpTo(step.permits(), step.keep());
                long least = Math.max(0, whole(level.subtract(kept).subtract(slack)));
                long most = Math.max(0, whole(level.subtract(kept).add(slack)));
                assertThat((long) taken).isBetween(Math.min(least, step.permits()), Math.min(most, step.permits()));
                if (taken > 0) {
                    reference.take(taken);
                }
            }
            case 3 -> {
                bucket.release(step.permits());
                reference.release(step.permits());
            }
            case 4 -> {
                bucket.change(step.limit());
                reference.change(step.limit(), tick);
            }
            default -> {
                bucket.reserve(step.permits());
                reference.take(step.permits());
            }
        }
    }

    @Property(tries = 2_000)
    void no_window_of_one_second_grants_more_than_the_limit_and_the_larger_of_burst_and_largest_cost(
            @ForAll("limits") Limit limit,
            @ForAll long start,
            @ForAll boolean full,
            @ForAll("forwardSteps") List<Step> steps) {
        ManualTicker ticker = new ManualTicker(start);
        TokenBucket bucket = full ? TokenBucket.full(limit, ticker) : TokenBucket.empty(limit, ticker);
        long largest = steps.stream().mapToLong(Step::permits).max().orElse(0);
        double bound = Math.max(limit.burst(), largest) + limit.rate().perSecond() * (1 + 1e-9) + 1.0 / Refill.SHARES;
        Deque<long[]> window = new ArrayDeque<>();
        long inWindow = 0;
        for (Step step : steps) {
            ticker.advance(step.move());
            long now = ticker.getAsLong();
            long granted = step.what() % 2 == 0
                    ? bucket.tryAcquireUpTo(step.permits(), step.keep())
                    : bucket.tryAcquire(step.permits(), step.keep()) ? step.permits() : 0;
            window.addLast(new long[] {now, granted});
            inWindow += granted;
            while (now - window.getFirst()[0] > SECOND) {
                inWindow -= window.removeFirst()[1];
            }
            assertThat((double) inWindow).isLessThanOrEqualTo(bound);
        }
    }

    @Property(tries = 500)
    void reservations_used_when_due_keep_the_same_bound(
            @ForAll("limits") Limit limit, @ForAll("forwardSteps") List<Step> steps) {
        Assume.that(limit.rate().perSecond() > 1e-5);
        ManualTicker ticker = new ManualTicker(0);
        TokenBucket bucket = TokenBucket.full(limit, ticker);
        List<long[]> uses = new ArrayList<>();
        long largest = 0;
        for (Step step : steps) {
            ticker.advance(step.move());
            int permits = Math.min(step.permits(), 50);
            uses.add(new long[] {ticker.getAsLong() + bucket.reserve(permits), permits});
            largest = Math.max(largest, permits);
        }
        double bound = Math.max(limit.burst(), largest) + limit.rate().perSecond() * (1 + 1e-9) + 1.0 / Refill.SHARES;
        for (long[] first : uses) {
            long sum = uses.stream()
                    .filter(use -> use[0] >= first[0] && use[0] - first[0] <= SECOND)
                    .mapToLong(use -> use[1])
                    .sum();
            assertThat((double) sum).isLessThanOrEqualTo(bound);
        }
    }

    @Property(tries = 200)
    void a_saturated_bucket_loses_nothing_of_its_rate(@ForAll("limits") Limit limit, @ForAll long start) {
        ManualTicker ticker = new ManualTicker(start);
        TokenBucket bucket = TokenBucket.empty(limit, ticker);
        int granted = 0;
        long waited = 0;
        while (granted < 1_000) {
            long nanos = bucket.nanosUntil(1);
            ticker.advance(nanos);
            waited += nanos;
            assertThat(bucket.tryAcquire(1)).isTrue();
            granted++;
        }
        double ideal = 1_000 * 1e9 / limit.rate().perSecond();
        assertThat((double) waited).isBetween(ideal * (1 - 1e-9) - 1, ideal * (1 + 3e-6) + 1_001);
    }

    private static long whole(BigDecimal level) {
        return level.setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    @Provide
    Arbitrary<Limit> limits() {
        Arbitrary<Rate> rates = Arbitraries.of(
                Rate.perSecond(1),
                Rate.perSecond(7),
                Rate.perSecond(100),
                Rate.perSecond(999_999),
                Rate.perSecond(1_000_000),
                Rate.perMinute(60),
                Rate.perMinute(7),
                new Rate(1, Duration.ofDays(1)),
                new Rate(1, Duration.ofDays(100)),
                new Rate(3, Duration.ofNanos(7_777)));
        return Combinators.combine(rates, Arbitraries.integers().between(1, 200))
                .as(Limit::new);
    }

    @Provide
    Arbitrary<List<Step>> anySteps() {
        Arbitrary<Long> moves = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.longs().between(0, 3 * SECOND)),
                Tuple.of(3, Arbitraries.longs().between(0, 3_000)),
                Tuple.of(2, Arbitraries.longs().between(-5 * SECOND, 0)),
                Tuple.of(1, Arbitraries.longs().between(-(1L << 56), 1L << 56)));
        return steps(moves);
    }

    @Provide
    Arbitrary<List<Step>> forwardSteps() {
        return steps(Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.longs().between(0, SECOND / 4)),
                Tuple.of(8, Arbitraries.longs().between(0, 20_000)),
                Tuple.of(1, Arbitraries.longs().between(0, 1L << 56))));
    }

    private Arbitrary<List<Step>> steps(Arbitrary<Long> moves) {
        return Combinators.combine(
                        moves,
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(1, 300),
                        Arbitraries.integers().between(0, 100),
                        limits())
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
