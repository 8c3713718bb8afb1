package io.tidings.retry;

import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.provider.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Decides what follows an attempt. Pure and immutable: the same question with the same chance has the same answer, so it
 * is safe for use by many threads.
 *
 * <ul>
 *   <li>Only what provably was not processed is tried again by itself: a connection that was never made, a 429, and
 *       refusals whose code says that they pass. An outcome that may have reached the provider is held, in every
 *       category, until evidence or, at the horizon, the category's {@link UncertainPolicy} decides.
 *   <li>A 429, a failed connection, and a failure of the account or the sender use up no attempt. An outage therefore
 *       ends no message; only its own time-to-live does.
 *   <li>{@code failed} means that Twilio did not hand the message over: handled like a refusal. {@code undelivered} means
 *       that the carrier or the handset refused it: tried again only where both code and category allow it, and always
 *       counted.
 *   <li>No try begins at or after the end of the time-to-live.
 * </ul>
 *
 * <p>Defaults: {@link ErrorCodes#standard()}, {@link Waits#defaults()}, three attempts per category; OTP waits a quarter
 * and ALERT half as long; CONVERSATION (its order would be turned) and MARKETING (at most once) are not sent again after
 * {@code undelivered}. What stays uncertain is sent once more for OTP after 30 s, CONVERSATION after 2 and TRANSACTIONAL
 * after 30 minutes, again within the attempts for ALERT after 60 s, and never for MARKETING, which gives up after 24 hours.
 * What would be sent again but whose time-to-live has ended is EXPIRED.
 *
 * <p>The provider may hold a TRANSACTIONAL or CONVERSATION message no longer than its horizon allows, so that a resend
 * never overtakes a copy that still waits, and a code 5 minutes unless its time-to-live says otherwise. ALERT has no such
 * bound: ending a copy that waits would trade a second alert for none.
 */
public final class RetryPolicy {
    /** Most codes live that long; one that comes later only confuses. A message with a time-to-live has its own. */
    private static final Duration LIFE_OF_A_CODE = Duration.ofMinutes(5);

    private final ErrorCodes codes;
    private final Map<Category, CategoryRule> rules;
    private final Waits waits;

    private RetryPolicy(ErrorCodes codes, Map<Category, CategoryRule> rules, Waits waits) {
        this.codes = codes;
        this.rules = rules;
        this.waits = waits;
    }

    /** The defaults named above. */
    public static RetryPolicy defaults() {
        Map<Category, CategoryRule> rules = new EnumMap<>(Category.class);
        for (Category category : Category.values()) {
            rules.put(category, defaultRule(category));
        }
        return new RetryPolicy(ErrorCodes.standard(), rules, Waits.defaults());
    }

    private static CategoryRule defaultRule(Category category) {
        return switch (category) {
            case OTP ->
                CategoryRule.DEFAULT
                        .withPace(0.25)
                        .withUncertain(UncertainPolicy.resendOnce(Duration.ofSeconds(30))
                                .withValidity(LIFE_OF_A_CODE));
            case ALERT ->
                CategoryRule.DEFAULT.withPace(0.5).withUncertain(UncertainPolicy.atLeastOnce(Duration.ofSeconds(60)));
            case TRANSACTIONAL ->
                CategoryRule.DEFAULT.withUncertain(UncertainPolicy.resolveThenResend(Duration.ofMinutes(30)));
            case CONVERSATION ->
                CategoryRule.DEFAULT
                        .withResendUndelivered(false)
                        .withUncertain(UncertainPolicy.resolveThenResend(Duration.ofMinutes(2)));
            case MARKETING -> CategoryRule.DEFAULT.withResendUndelivered(false);
        };
    }

    /** The same with another table. */
    public RetryPolicy withCodes(ErrorCodes other) {
        return new RetryPolicy(other, rules, waits);
    }

    /** The same with another rule for one category. */
    public RetryPolicy withRule(Category category, CategoryRule rule) {
        Map<Category, CategoryRule> copy = new EnumMap<>(rules);
        copy.put(category, rule);
        return new RetryPolicy(codes, copy, waits);
    }

    /** The same with another number of attempts for one category. */
    public RetryPolicy withAttempts(Category category, int attempts) {
        return withRule(category, rule(category).withAttempts(attempts));
    }

    /** The same with other waits. */
    public RetryPolicy withWaits(Waits other) {
        return new RetryPolicy(codes, rules, other);
    }

    /** The same with all waits multiplied; print {@code waits().scale()} where a run's times are shown. */
    public RetryPolicy scaledBy(double factor) {
        return withWaits(waits.scaledBy(factor));
    }

    /** The table it decides by. */
    public ErrorCodes codes() {
        return codes;
    }

    /** What it allows a category. */
    public CategoryRule rule(Category category) {
        return Objects.requireNonNull(rules.get(category), "every category has a rule from the start");
    }

    /** Its waits. */
    public Waits waits() {
        return waits;
    }

    /** What follows the outcome of an attempt. */
    public RetryDecision afterOutcome(Outcome outcome, Tries tries, RandomGenerator random) {
        return outcome.match(new RetryCase(this, tries, random));
    }

    /**
     * What follows a status that a callback or a poll reported after the provider had accepted the attempt. Call it once
     * per attempt, when its merged status first becomes {@code FAILED} or {@code UNDELIVERED}; every other status is
     * answered with {@link RetryDecision.Follow}.
     *
     * @param errorCode 0 if the report had none
     */
    public RetryDecision afterReport(AttemptStatus status, int errorCode, Tries tries, RandomGenerator random) {
        RetryCase now = new RetryCase(this, tries, random);
        return switch (status) {
            case FAILED -> now.failed(codes.of(errorCode));
            case UNDELIVERED -> now.undelivered(codes.of(errorCode));
            default -> new RetryDecision.Follow();
        };
    }

    /**
     * What follows an attempt whose outcome is still unknown at the horizon: {@link RetryDecision.TryAgain} or
     * {@link RetryDecision.GiveUp}, whose failure names the evidence that was missing.
     *
     * @param resentBefore whether an earlier attempt of the message is unresolved too
     * @param listed whether the provider's list could be read
     */
    public RetryDecision atHorizon(Tries tries, boolean resentBefore, boolean listed) {
        return new HorizonCase(this, tries, resentBefore, listed).decide();
    }
}
