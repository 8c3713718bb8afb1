package io.tidings.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {
    private static final Backoff SECONDS = Backoff.doubling(Duration.ofSeconds(1), Duration.ofSeconds(30));

    @Example
    void it_doubles_up_to_the_cap() {
        assertThat(SECONDS.longest(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(SECONDS.longest(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(SECONDS.longest(5)).isEqualTo(Duration.ofSeconds(16));
        assertThat(SECONDS.longest(6)).isEqualTo(Duration.ofSeconds(30));
        assertThat(SECONDS.longest(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }

    @Example
    void equal_jitter_keeps_half_and_full_jitter_nothing() {
        assertThat(SECONDS.shortest(3)).isEqualTo(Duration.ofSeconds(2));
        assertThat(SECONDS.withJitter(1).shortest(3)).isZero();
        assertThat(SECONDS.withJitter(0).shortest(3)).isEqualTo(Duration.ofSeconds(4));
    }

    @Example
    void chance_decides_between_shortest_and_longest() {
        assertThat(SECONDS.delay(3, fixed(0))).isEqualTo(Duration.ofSeconds(2));
        assertThat(SECONDS.delay(3, fixed(0.25))).isEqualTo(Duration.ofMillis(2500));
    }

    @Example
    void scaling_multiplies_first_and_cap() {
        Backoff scaled = SECONDS.scaledBy(0.1);
        assertThat(scaled.first()).isEqualTo(Duration.ofMillis(100));
        assertThat(scaled.cap()).isEqualTo(Duration.ofSeconds(3));
        assertThat(SECONDS.scaledBy(1e-30).longest(9)).isEqualTo(Duration.ofNanos(1));
        assertThat(SECONDS.scaledBy(1e30).longest(1)).isEqualTo(Backoff.LONGEST);
    }

    @Example
    void settings_that_make_no_sense_are_refused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.doubling(Duration.ZERO, second));
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.doubling(second.negated(), second));
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.doubling(second, Duration.ofMillis(999)));
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.doubling(second, Backoff.LONGEST.plusNanos(1)));
        for (double bad : new double[] {0.99, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(second, bad, second, 0));
        }
        for (double bad : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> SECONDS.withJitter(bad));
        }
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> SECONDS.scaledBy(bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> SECONDS.longest(0));
        assertThat(new Backoff(second, 1, second, 1).longest(7)).isEqualTo(second);
        assertThat(Backoff.doubling(second, Backoff.LONGEST).cap()).isEqualTo(Duration.ofDays(365));
    }

    @Property
    void a_delay_lies_between_shortest_and_longest_and_under_the_cap(
            @ForAll("backoffs") Backoff backoff, @ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
        Duration delay = backoff.delay(failures, new SplittableRandom(seed));

        assertThat(delay).isBetween(backoff.shortest(failures), backoff.longest(failures));
        assertThat(delay).isBetween(Duration.ZERO, backoff.cap());
    }

    @Property
    void the_bounds_never_shrink_with_more_failures(
            @ForAll("backoffs") Backoff backoff, @ForAll @IntRange(min = 1, max = 5_000) int failures) {
        assertThat(backoff.longest(failures + 1)).isGreaterThanOrEqualTo(backoff.longest(failures));
        assertThat(backoff.shortest(failures + 1)).isGreaterThanOrEqualTo(backoff.shortest(failures));
    }

    @Property
    void the_same_chance_gives_the_same_delay(
            @ForAll("backoffs") Backoff backoff, @ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
        assertThat(backoff.delay(failures, new SplittableRandom(seed)))
                .isEqualTo(backoff.delay(failures, new SplittableRandom(seed)));
    }

    @Provide
    Arbitrary<Backoff> backoffs() {
        Arbitrary<Long> nanos = Arbitraries.longs().between(1, Backoff.LONGEST.toNanos());
        Arbitrary<Double> factors = Arbitraries.doubles().between(1, 100);
        Arbitrary<Double> jitters = Arbitraries.doubles().between(0, 1);
        return Combinators.combine(nanos, nanos, factors, jitters)
                .as((one, other, factor, jitter) -> new Backoff(
                        Duration.ofNanos(Math.min(one, other)),
                        factor,
                        Duration.ofNanos(Math.max(one, other)),
                        jitter));
    }

    private static RandomGenerator fixed(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
