package io.tidings.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.message.ErrorKind;
import io.tidings.message.MessageStatus;
import io.tidings.provider.Outcome;
import io.tidings.retry.RetryDecision.Follow;
import io.tidings.retry.RetryDecision.GiveUp;
import io.tidings.retry.RetryDecision.Hold;
import io.tidings.retry.RetryDecision.TryAgain;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
    private static final Instant NOON = Instant.parse("2026-11-21T20:00:00Z"); // in California

    /** What follows a refusal or a failed status, by attempts used before: A again, D dead, F failed, H held. */
    @ParameterizedTest
    @CsvSource({
        // code, rejected: 1st 2nd 3rd try, failed callback: 1st 2nd 3rd, undelivered: 1st 2nd 3rd
        "20162, AAD, AAD, UUU", // RETRY
        "30036, AAD, AAD, UUU", // RETRY
        "30003, AAD, AAD, AAU", // RETRY_LATER, resend allowed
        "30020, AAD, AAD, UUU", // RETRY_LATER
        "30027, AAD, AAD, AAU", // WAIT, resend allowed
        "30454, AAD, AAD, UUU", // WAIT
        "30022, AAA, AAA, AAU", // sender at fault: no attempt used, but a resend always counts
        "21611, AAA, AAA, UUU", // sender at fault
        "20003, AAA, AAA, UUU", // account at fault
        "30002, AAA, AAA, UUU", // account at fault
        "20429, AAA, AAD, UUU", // not processed
        "20500, HHH, DDD, UUU", // AMBIGUOUS
        "30410, HHH, DDD, UUU", // AMBIGUOUS
        "21612, FFF, FFF, UUU", // OTHER_ROUTE
        "21610, FFF, FFF, UUU", // PERMANENT
        "21704, DDD, DDD, UUU", // CONFIGURATION
        "30025, DDD, DDD, UUU", // NOTICE
        "0, DDD, DDD, UUU",
        "-1, DDD, DDD, UUU",
        "12345, DDD, DDD, UUU",
    })
    void the_code_decides(int code, String rejected, String failed, String undelivered) {
        for (int spent = 0; spent < 3; spent++) {
            Tries tries = tries(Category.TRANSACTIONAL, spent + 1, spent, null);
            assertThat(letter(after(new Outcome.Rejected(code), tries)))
                    .isEqualTo(rejected.substring(spent, spent + 1));
            assertThat(letter(report(AttemptStatus.FAILED, code, tries))).isEqualTo(failed.substring(spent, spent + 1));
            assertThat(letter(report(AttemptStatus.UNDELIVERED, code, tries)))
                    .isEqualTo(undelivered.substring(spent, spent + 1));
        }
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void an_unclear_outcome_is_held_in_every_category(Category category) {
        for (int code : new int[] {0, 20500, 21610, 12345}) {
            RetryDecision decision = after(new Outcome.Uncertain("answer lost", code), tries(category, 1, 0, null));

            assertThat(decision).isInstanceOfSatisfying(Hold.class, hold -> {
                assertThat(hold.cause().kind()).isEqualTo(ErrorKind.AMBIGUOUS);
                assertThat(hold.cause().code()).isEqualTo(code);
                assertThat(hold.cause().advice()).contains("held");
            });
        }
    }

    @Test
    void a_host_cannot_make_an_unclear_outcome_retryable() {
        ErrorCode reckless = ErrorCodes.standard().of(20500).withHandling(Handling.of(ErrorKind.RETRY));
        RetryPolicy policy =
                RetryPolicy.defaults().withCodes(ErrorCodes.standard().with(reckless));

        RetryDecision decision = policy.afterOutcome(
                new Outcome.Uncertain("HTTP 500", 20500), tries(Category.OTP, 1, 0, null), chance());

        assertThat(decision).isInstanceOf(Hold.class);
        assertThat(policy.codes().of(20500).kind()).isEqualTo(ErrorKind.RETRY);
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void what_provably_never_left_is_tried_again_and_uses_no_attempt(Category category) {
        for (int made = 1; made < 500; made += 83) {
            RetryDecision decision = after(new Outcome.Unsent("connection refused"), tries(category, made, 0, null));

            assertThat(decision).isInstanceOfSatisfying(TryAgain.class, again -> {
                assertThat(again.countsAgainstBudget()).isFalse();
                assertThat(again.pause()).isEqualTo(Pause.NONE);
                assertThat(again.delay()).isBetween(Duration.ofMillis(60), Duration.ofSeconds(10));
                assertThat(again.cause().code()).isZero();
                assertThat(again.cause().kind()).isEqualTo(ErrorKind.RETRY);
            });
        }
    }

    @Test
    void a_429_waits_a_little_longer_each_time_and_uses_no_attempt() {
        Duration first = again(throttled(null, 1)).delay();
        Duration third = again(throttled(null, 3)).delay();
        Duration hundredth = again(throttled(null, 100)).delay();

        assertThat(first).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(third).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(hundredth).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(again(throttled(null, 100)).countsAgainstBudget()).isFalse();
        assertThat(again(throttled(null, 100)).cause().code()).isEqualTo(20429);
    }

    @Test
    void a_429_after_counted_failures_starts_with_a_short_wait_again() {
        RetryDecision decision = after(new Outcome.Throttled(null), tries(Category.TRANSACTIONAL, 3, 2, null));

        assertThat(again(decision).delay()).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void a_retry_after_is_a_minimum_up_to_the_longest() {
        assertThat(again(throttled(Duration.ofSeconds(7), 1)).delay())
                .isBetween(Duration.ofMillis(7_250), Duration.ofMillis(7_500));
        assertThat(again(throttled(Duration.ofDays(3), 1)).delay())
                .isBetween(Duration.ofMinutes(10), Duration.ofMillis(600_500));
        assertThat(again(throttled(Duration.ofSeconds(-5), 1)).delay())
                .isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void scaling_shortens_every_wait_but_the_providers_own() {
        RetryPolicy quick = RetryPolicy.defaults().scaledBy(0.1).scaledBy(0.1);
        Tries tries = tries(Category.TRANSACTIONAL, 1, 0, null);

        assertThat(quick.waits().scale()).isEqualTo(0.01, Offset.offset(1e-12));
        TryAgain later = again(quick.afterReport(AttemptStatus.FAILED, 30003, tries, chance()));
        assertThat(later.delay()).isBetween(Duration.ofMillis(600), Duration.ofMillis(1_200));
        TryAgain midnight = again(quick.afterReport(AttemptStatus.FAILED, 30027, tries, chance()));
        assertThat(midnight.delay()).isBetween(Duration.ofSeconds(432), Duration.ofSeconds(433));
        TryAgain full = again(quick.afterOutcome(new Outcome.Rejected(21611), tries, chance()));
        assertThat(full.pause()).isEqualTo(new Pause(Pause.Scope.SENDER, Duration.ofMillis(600)));
        TryAgain asked = again(quick.afterOutcome(new Outcome.Throttled(Duration.ofSeconds(7)), tries, chance()));
        assertThat(asked.delay()).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_005));
    }

    @Test
    void an_error_that_passes_waits_seconds_and_one_that_stays_waits_minutes() {
        assertThat(again(rejected(20162, 0)).delay()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(again(rejected(20162, 1)).delay()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(again(rejected(21702, 0)).delay()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
        assertThat(again(rejected(21702, 1)).delay()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
        assertThat(again(rejected(21702, 1)).countsAgainstBudget()).isTrue();
    }

    @Test
    void a_daily_limit_waits_for_midnight_at_the_carrier() {
        TryAgain decision = again(report(AttemptStatus.FAILED, 30027, tries(Category.TRANSACTIONAL, 1, 0, null)));

        assertThat(decision.delay())
                .isBetween(Duration.ofHours(12), Duration.ofHours(12).plusSeconds(1));
        assertThat(decision.pause()).isEqualTo(Pause.NONE);
    }

    @Test
    void a_rejected_credential_pauses_the_account_and_uses_no_attempt() {
        TryAgain decision = again(rejected(20003, 2));

        assertThat(decision.countsAgainstBudget()).isFalse();
        assertThat(decision.pause()).isEqualTo(new Pause(Pause.Scope.ACCOUNT, Duration.ZERO));
        assertThat(decision.delay()).isLessThan(Duration.ofSeconds(1));
        assertThat(again(rejected(30037, 0)).delay()).isGreaterThan(Duration.ofMinutes(15));
    }

    @Test
    void a_full_queue_pauses_the_sender_for_the_time_of_its_row() {
        TryAgain decision = again(rejected(21611, 0));

        assertThat(decision.pause()).isEqualTo(new Pause(Pause.Scope.SENDER, Duration.ofMinutes(1)));
        assertThat(decision.delay()).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(decision.countsAgainstBudget()).isFalse();
    }

    @Test
    void the_pause_holds_even_when_the_message_is_given_up() {
        Tries late = tries(Category.OTP, 1, 0, Duration.ofMillis(1));
        assertThat(after(new Outcome.Rejected(20003), late)).isInstanceOfSatisfying(GiveUp.class, gone -> {
            assertThat(gone.status()).isEqualTo(MessageStatus.EXPIRED);
            assertThat(gone.pause().scope()).isEqualTo(Pause.Scope.ACCOUNT);
        });
        assertThat(report(AttemptStatus.UNDELIVERED, 30022, tries(Category.MARKETING, 1, 0, null))
                        .pause())
                .isEqualTo(new Pause(Pause.Scope.SENDER, Duration.ofSeconds(10)));
        assertThat(new Follow().pause()).isEqualTo(Pause.NONE);
    }

    @Test
    void an_opt_out_suppresses_the_recipient_and_other_ends_do_not() {
        assertThat(((GiveUp) rejected(21610, 0)).suppressRecipient()).isTrue();
        assertThat(((GiveUp) report(AttemptStatus.UNDELIVERED, 63033, tries(Category.OTP, 1, 0, null)))
                        .suppressRecipient())
                .isTrue();
        assertThat(((GiveUp) rejected(21614, 0)).suppressRecipient()).isFalse();
    }

    @Test
    void the_failure_speaks_plain_words() {
        GiveUp decision = (GiveUp) rejected(21614, 0);

        assertThat(decision.failure()).isEqualTo(ErrorCodes.standard().of(21614).failure());
        assertThat(again(rejected(20162, 0)).cause().code()).isEqualTo(20162);
    }

    @ParameterizedTest
    @CsvSource({
        "OTP, true",
        "ALERT, true",
        "TRANSACTIONAL, true",
        "CONVERSATION, false",
        "MARKETING, false",
    })
    void undelivered_is_sent_again_only_in_categories_that_allow_it(Category category, boolean again) {
        RetryDecision decision = report(AttemptStatus.UNDELIVERED, 30003, tries(category, 1, 0, null));

        if (again) {
            assertThat(again(decision).countsAgainstBudget()).isTrue();
        } else {
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            GiveUp.class, end -> assertThat(end.status()).isEqualTo(MessageStatus.UNDELIVERED));
        }
    }

    @Test
    void the_rule_of_a_category_can_be_replaced() {
        CategoryRule rule =
                CategoryRule.DEFAULT.withPace(10).withResendUndelivered(true).withAttempts(2);
        RetryPolicy policy = RetryPolicy.defaults().withRule(Category.MARKETING, rule);

        RetryDecision decision =
                policy.afterReport(AttemptStatus.UNDELIVERED, 30003, tries(Category.MARKETING, 1, 0, null), chance());

        assertThat(rule).isEqualTo(new CategoryRule(2, 10, true));
        assertThat(again(decision).delay()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(20));
    }

    @Test
    void marketing_that_twilio_did_not_hand_over_is_tried_again() {
        assertThat(report(AttemptStatus.FAILED, 30003, tries(Category.MARKETING, 1, 0, null)))
                .isInstanceOf(TryAgain.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = AttemptStatus.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FAILED", "UNDELIVERED"})
    void other_statuses_need_no_decision(AttemptStatus status) {
        RetryDecision decision = report(status, 30003, tries(Category.OTP, 1, 0, null));

        assertThat(decision).isEqualTo(new Follow());
        assertThat(letter(decision)).isEqualTo("-");
    }

    @Test
    void an_accepted_message_is_followed() {
        assertThat(after(new Outcome.Accepted("SM1", AttemptStatus.QUEUED), tries(Category.OTP, 1, 0, null)))
                .isEqualTo(new Follow());
    }

    @Test
    void urgent_categories_wait_less() {
        RetryDecision otp = report(AttemptStatus.FAILED, 30003, tries(Category.OTP, 1, 0, null));
        RetryDecision alert = report(AttemptStatus.FAILED, 30003, tries(Category.ALERT, 1, 0, null));

        assertThat(again(otp).delay()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        assertThat(again(alert).delay()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void a_try_must_begin_before_the_time_to_live_ends() {
        Duration shortest = Duration.ofMinutes(1); // of the first wait of RETRY_LATER
        Tries tooLate = tries(Category.TRANSACTIONAL, 1, 0, shortest);
        Tries justInTime = tries(Category.TRANSACTIONAL, 1, 0, shortest.plusNanos(1));

        assertThat(report(AttemptStatus.FAILED, 30003, tooLate))
                .isInstanceOfSatisfying(
                        GiveUp.class, end -> assertThat(end.status()).isEqualTo(MessageStatus.EXPIRED));
        assertThat(report(AttemptStatus.UNDELIVERED, 30003, tooLate))
                .isInstanceOfSatisfying(
                        GiveUp.class, end -> assertThat(end.status()).isEqualTo(MessageStatus.UNDELIVERED));
        assertThat(again(report(AttemptStatus.FAILED, 30003, justInTime)).delay())
                .isEqualTo(shortest);
    }

    @Test
    void what_never_left_expires_with_its_time_to_live() {
        Tries tries = tries(Category.OTP, 1, 0, Duration.ofMillis(1));

        for (Outcome outcome : new Outcome[] {new Outcome.Unsent("no route"), new Outcome.Throttled(null)}) {
            assertThat(after(outcome, tries)).isInstanceOfSatisfying(GiveUp.class, end -> {
                assertThat(end.status()).isEqualTo(MessageStatus.EXPIRED);
                assertThat(end.suppressRecipient()).isFalse();
            });
        }
        assertThat(after(
                        new Outcome.Throttled(Duration.ofMinutes(5)), tries(Category.OTP, 1, 0, Duration.ofMinutes(5))))
                .isInstanceOf(GiveUp.class);
    }

    @Test
    void attempts_per_category_are_a_setting() {
        RetryPolicy policy =
                RetryPolicy.defaults().withAttempts(Category.ALERT, 5).withAttempts(Category.OTP, 1);

        assertThat(policy.afterOutcome(new Outcome.Rejected(20162), tries(Category.ALERT, 4, 3, null), chance()))
                .isInstanceOf(TryAgain.class);
        assertThat(policy.afterOutcome(new Outcome.Rejected(20162), tries(Category.ALERT, 5, 4, null), chance()))
                .isInstanceOf(GiveUp.class);
        assertThat(policy.afterOutcome(new Outcome.Rejected(20162), tries(Category.OTP, 1, 0, null), chance()))
                .isInstanceOf(GiveUp.class);
        assertThat(policy.rule(Category.ALERT).attempts()).isEqualTo(5);
        assertThat(policy.rule(Category.MARKETING))
                .isEqualTo(RetryPolicy.defaults().rule(Category.MARKETING));
        assertThat(RetryPolicy.defaults().rule(Category.ALERT).attempts()).isEqualTo(3);
    }

    @Test
    void every_part_of_the_waits_is_a_setting() {
        Backoff quick =
                Backoff.doubling(Duration.ofMillis(1), Duration.ofMillis(2)).withJitter(0);
        Waits waits = Waits.defaults()
                .withUnprocessed(quick)
                .withRetry(quick.scaledBy(10))
                .withRetryLater(quick.scaledBy(100))
                .withLongestRetryAfter(Duration.ofMillis(5));
        RetryPolicy policy = RetryPolicy.defaults().withWaits(waits);
        Tries tries = tries(Category.TRANSACTIONAL, 1, 0, null);

        assertThat(policy.waits()).isEqualTo(waits);
        assertThat(again(policy.afterOutcome(new Outcome.Unsent("x"), tries, chance()))
                        .delay())
                .isEqualTo(Duration.ofMillis(1));
        assertThat(again(policy.afterOutcome(new Outcome.Rejected(20162), tries, chance()))
                        .delay())
                .isEqualTo(Duration.ofMillis(10));
        assertThat(again(policy.afterOutcome(new Outcome.Rejected(21702), tries, chance()))
                        .delay())
                .isEqualTo(Duration.ofMillis(100));
        assertThat(again(policy.afterOutcome(new Outcome.Throttled(Duration.ofHours(1)), tries, chance()))
                        .delay())
                .isEqualTo(Duration.ofMillis(6));
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.defaults().withAttempts(Category.OTP, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> CategoryRule.DEFAULT.withPace(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.defaults().scaledBy(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.defaults().scaledBy(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Waits.defaults().withLongestRetryAfter(Duration.ofNanos(-1)));
        assertThat(Waits.defaults().withLongestRetryAfter(Duration.ZERO).longestRetryAfter())
                .isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> tries(Category.OTP, 0, 0, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tries(Category.OTP, 3, 3, null))
                .withMessageContaining("0 to 2");
        assertThatIllegalArgumentException().isThrownBy(() -> tries(Category.OTP, 2, -1, null));
    }

    @ParameterizedTest
    @EnumSource(MessageStatus.class)
    void a_message_is_given_up_only_as_what_it_can_end(MessageStatus status) {
        boolean end = switch (status) {
            case FAILED, UNDELIVERED, DEAD, EXPIRED -> true;
            default -> false;
        };
        var failure = ErrorCodes.standard().of(0).failure();
        if (end) {
            assertThat(new GiveUp(status, failure, Pause.NONE, false).status()).isEqualTo(status);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new GiveUp(status, failure, Pause.NONE, false))
                    .withMessageContaining(status.name());
        }
    }

    private static RetryDecision after(Outcome outcome, Tries tries) {
        return RetryPolicy.defaults().afterOutcome(outcome, tries, chance());
    }

    private static RetryDecision report(AttemptStatus status, int code, Tries tries) {
        return RetryPolicy.defaults().afterReport(status, code, tries, chance());
    }

    private static RetryDecision rejected(int code, int spent) {
        return after(new Outcome.Rejected(code), tries(Category.TRANSACTIONAL, spent + 1, spent, null));
    }

    private static RetryDecision throttled(@Nullable Duration retryAfter, int made) {
        return after(new Outcome.Throttled(retryAfter), tries(Category.TRANSACTIONAL, made, 0, null));
    }

    private static TryAgain again(RetryDecision decision) {
        assertThat(decision).isInstanceOf(TryAgain.class);
        return (TryAgain) decision;
    }

    private static Tries tries(Category category, int made, int spent, @Nullable Duration timeToLive) {
        return new Tries(category, made, spent, NOON, timeToLive == null ? null : NOON.plus(timeToLive));
    }

    private static SplittableRandom chance() {
        return new SplittableRandom(7);
    }

    private static String letter(RetryDecision decision) {
        return decision.match(new RetryDecision.Cases<>() {
            @Override
            public String follow(Follow follow) {
                return "-";
            }

            @Override
            public String tryAgain(TryAgain again) {
                return "A";
            }

            @Override
            public String giveUp(GiveUp end) {
                return end.status().name().substring(0, 1);
            }

            @Override
            public String hold(Hold hold) {
                return "H";
            }
        });
    }
}
