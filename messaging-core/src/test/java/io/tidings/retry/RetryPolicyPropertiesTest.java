package io.tidings.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.message.ErrorKind;
import io.tidings.message.MessageStatus;
import io.tidings.provider.Outcome;
import io.tidings.retry.RetryDecision.GiveUp;
import io.tidings.retry.RetryDecision.Hold;
import io.tidings.retry.RetryDecision.TryAgain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class RetryPolicyPropertiesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Property
    void a_delay_is_never_negative_and_ends_within_the_time_to_live(
            @ForAll("events") Event event, @ForAll("tries") Tries tries, @ForAll("policies") RetryPolicy policy) {
        RetryDecision decision = event.decide(policy, tries, new SplittableRandom(1));

        if (decision instanceof TryAgain again) {
            assertThat(again.delay()).isGreaterThanOrEqualTo(Duration.ZERO);
            if (tries.expiresAt() != null) {
                assertThat(tries.now().plus(again.delay())).isBefore(tries.expiresAt());
            }
        }
        assertThat(decision.pause().atLeast()).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Property
    void chance_changes_only_how_long_to_wait(
            @ForAll("events") Event event, @ForAll("tries") Tries tries, @ForAll long one, @ForAll long other) {
        RetryPolicy policy = RetryPolicy.defaults();
        RetryDecision first = event.decide(policy, tries, new SplittableRandom(one));
        RetryDecision second = event.decide(policy, tries, new SplittableRandom(other));

        if (first instanceof TryAgain again) {
            TryAgain twin = (TryAgain) second;
            assertThat(new TryAgain(again.delay(), twin.countsAgainstBudget(), twin.pause(), twin.cause()))
                    .isEqualTo(again);
        } else {
            assertThat(second).isEqualTo(first);
        }
    }

    @Property
    void a_counted_retry_always_leaves_one_attempt_of_the_budget(
            @ForAll("events") Event event, @ForAll("tries") Tries tries, @ForAll("policies") RetryPolicy policy) {
        RetryDecision decision = event.decide(policy, tries, new SplittableRandom(1));

        if (decision instanceof TryAgain again && again.countsAgainstBudget()) {
            assertThat(tries.spent() + 1)
                    .isLessThan(policy.rule(tries.category()).attempts());
        }
    }

    @Property(tries = 300)
    void the_life_of_a_message_never_exceeds_its_budget_whatever_happens(
            @ForAll("lives") List<Event> life,
            @ForAll Category category,
            @ForAll @IntRange(min = 1, max = 6) int attempts) {
        RetryPolicy policy = RetryPolicy.defaults().withAttempts(category, attempts);
        SplittableRandom chance = new SplittableRandom(attempts);
        int spent = 0;
        int made = 0;
        for (Event event : life) {
            made++;
            Tries tries = new Tries(category, made, spent, START, null);
            if (!(event.decide(policy, tries, chance) instanceof TryAgain again)) {
                break;
            }
            spent += again.countsAgainstBudget() ? 1 : 0;
            assertThat(spent).isLessThan(attempts);
        }
    }

    @Property
    void what_was_not_processed_never_uses_budget_and_never_ends_a_message_without_a_time_to_live(
            @ForAll("tries") Tries tries, @ForAll("retryAfters") Duration retryAfter) {
        Tries forEver = new Tries(tries.category(), tries.made(), tries.spent(), tries.now(), null);
        List<Outcome> outcomes = List.of(
                new Outcome.Throttled(null),
                new Outcome.Throttled(retryAfter),
                new Outcome.Rejected(20429),
                new Outcome.Rejected(20003),
                new Outcome.Unsent("connection refused"));

        for (Outcome outcome : outcomes) {
            RetryDecision decision = RetryPolicy.defaults().afterOutcome(outcome, forEver, new SplittableRandom(1));
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            TryAgain.class,
                            again -> assertThat(again.countsAgainstBudget()).isFalse());
        }
    }

    @Property
    void a_retry_after_is_waited_for_up_to_the_longest(
            @ForAll("tries") Tries tries, @ForAll("retryAfters") Duration retryAfter, @ForAll long seed) {
        RetryPolicy policy = RetryPolicy.defaults().scaledBy(0.001);
        Duration most = policy.waits().longestRetryAfter();
        RetryDecision decision =
                policy.afterOutcome(new Outcome.Throttled(retryAfter), tries, new SplittableRandom(seed));

        if (decision instanceof TryAgain again) {
            assertThat(again.delay()).isGreaterThanOrEqualTo(retryAfter.compareTo(most) < 0 ? retryAfter : most);
            assertThat(again.delay()).isLessThanOrEqualTo(most.plusSeconds(1));
        }
    }

    @Property
    void an_unclear_outcome_is_held_whatever_the_code(
            @ForAll int code, @ForAll("tries") Tries tries, @ForAll("policies") RetryPolicy policy) {
        assertThat(policy.afterOutcome(new Outcome.Uncertain("x", code), tries, new SplittableRandom(1)))
                .isInstanceOf(Hold.class);
    }

    @Property
    void an_unknown_code_is_never_tried_again(@ForAll int code, @ForAll("tries") Tries tries) {
        RetryPolicy policy = RetryPolicy.defaults();
        if (policy.codes().contains(code)) {
            return;
        }
        SplittableRandom chance = new SplittableRandom(1);
        for (RetryDecision decision : List.of(
                policy.afterOutcome(new Outcome.Rejected(code), tries, chance),
                policy.afterReport(AttemptStatus.FAILED, code, tries, chance))) {
            assertThat(decision).isInstanceOfSatisfying(GiveUp.class, end -> {
                assertThat(end.status()).isEqualTo(MessageStatus.DEAD);
                assertThat(end.failure().kind()).isEqualTo(ErrorKind.CONFIGURATION);
            });
        }
    }

    @Property
    void an_undelivered_message_ends_as_undelivered_or_goes_out_again_where_the_table_says_so(
            @ForAll("codes") int code, @ForAll("tries") Tries tries) {
        RetryPolicy policy = RetryPolicy.defaults();
        RetryDecision decision = policy.afterReport(AttemptStatus.UNDELIVERED, code, tries, new SplittableRandom(1));

        if (decision instanceof TryAgain again) {
            assertThat(again.countsAgainstBudget()).isTrue();
            assertThat(policy.codes().of(code).handling().resendUndelivered()).isTrue();
            assertThat(tries.category()).isIn(Category.OTP, Category.ALERT, Category.TRANSACTIONAL);
        } else {
            assertThat(((GiveUp) decision).status()).isEqualTo(MessageStatus.UNDELIVERED);
        }
    }

    /** What the provider did: an outcome, or a status reported later. */
    private record Event(Outcome outcome, AttemptStatus status, int code, boolean later) {
        RetryDecision decide(RetryPolicy policy, Tries tries, SplittableRandom chance) {
            return later
                    ? policy.afterReport(status, code, tries, chance)
                    : policy.afterOutcome(outcome, tries, chance);
        }
    }

    @Provide
    Arbitrary<Event> events() {
        Arbitrary<Outcome> outcomes = Arbitraries.oneOf(
                codes().map(Outcome.Rejected::new),
                retryAfters().injectNull(0.5).map(Outcome.Throttled::new),
                Arbitraries.of(
                        new Outcome.Unsent("refused"),
                        new Outcome.Uncertain("answer lost", 0),
                        new Outcome.Accepted("SM1", AttemptStatus.QUEUED)));
        return Combinators.combine(
                        outcomes,
                        Arbitraries.of(AttemptStatus.FAILED, AttemptStatus.UNDELIVERED),
                        codes(),
                        Arbitraries.of(true, false))
                .as(Event::new);
    }

    @Provide
    Arbitrary<List<Event>> lives() {
        Arbitrary<Event> retried = Combinators.combine(
                        Arbitraries.of(20162, 21611, 30003, 30022, 30027, 20003, 20429, 63009),
                        Arbitraries.of(AttemptStatus.FAILED, AttemptStatus.UNDELIVERED),
                        Arbitraries.of(true, false))
                .as((code, status, later) -> new Event(new Outcome.Rejected(code), status, code, later));
        return Arbitraries.frequencyOf(Tuple.of(9, retried), Tuple.of(1, events()))
                .list()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<Integer> codes() {
        List<Integer> known =
                ErrorCodes.standard().all().stream().map(ErrorCode::code).toList();
        return Arbitraries.oneOf(Arbitraries.of(known), Arbitraries.integers());
    }

    @Provide
    Arbitrary<Duration> retryAfters() {
        return Arbitraries.longs().between(0, Duration.ofDays(2).toMillis()).map(Duration::ofMillis);
    }

    @Provide
    Arbitrary<Tries> tries() {
        Arbitrary<Instant> moments =
                Arbitraries.longs().between(0, Duration.ofDays(400).toMillis()).map(START::plusMillis);
        Arbitrary<Long> lives = Arbitraries.longs()
                .between(-5_000, Duration.ofDays(2).toMillis())
                .injectNull(0.3);
        return Combinators.combine(
                        Arbitraries.of(Category.class),
                        Arbitraries.integers().between(1, 2_000),
                        Arbitraries.integers().between(0, 8),
                        moments,
                        lives)
                .as((category, made, spent, now, life) -> new Tries(
                        category, made, Math.min(spent, made - 1), now, life == null ? null : now.plusMillis(life)));
    }

    @Provide
    Arbitrary<RetryPolicy> policies() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0.001, 1_000).ofScale(3),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(1, 10))
                .as((scale, jitter, attempts) -> {
                    Waits waits = Waits.defaults();
                    RetryPolicy policy = RetryPolicy.defaults()
                            .withWaits(waits.withRetry(waits.retry().withJitter(jitter))
                                    .withUnprocessed(waits.unprocessed().withJitter(jitter)))
                            .scaledBy(scale);
                    for (Category category : Category.values()) {
                        policy = policy.withAttempts(category, attempts);
                    }
                    return policy;
                });
    }
}
