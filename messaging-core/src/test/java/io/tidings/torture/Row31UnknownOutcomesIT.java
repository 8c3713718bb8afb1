package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.dispatch.LookPlan;
import io.tidings.dispatch.SenderRates;
import io.tidings.gate.QuietHours;
import io.tidings.history.Doubts;
import io.tidings.history.Observation;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.outbox.Explanation;
import io.tidings.pumping.PumpingLimits;
import io.tidings.retry.CategoryRule;
import io.tidings.retry.RetryPolicy;
import io.tidings.retry.UncertainPolicy;
import io.tidings.sandbox.Fault;
import io.tidings.sandbox.Hostility;
import io.tidings.sandbox.Mishap;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 31, 32 and 2 without kills: what becomes of outcomes that nobody knows. */
@ExtendWith(Scoreboard.Keeper.class)
class Row31UnknownOutcomesIT {
    /** In the full size the first copies must all have left before the first horizon. */
    private static final double FACTOR = Scale.isFull() ? 0.2 : 0.05;

    private static final int RATE = 300;
    private static final Fault TAKEN = new Fault.Cut(Fault.CutPoint.AFTER_PROCESSING);
    private static final Fault NOT_TAKEN = new Fault.Cut(Fault.CutPoint.BEFORE_PROCESSING);

    private static Scene.Script script(long seed, RetryPolicy retry) {
        return Scene.of(seed)
                .tidings(settings -> settings.retry(retry)
                        .quietHours(QuietHours.none())
                        .pumping(PumpingLimits.off())
                        .looks(LookPlan.standard().scaledBy(FACTOR))
                        .rates(SenderRates.defaults().with(new Sender.ShortCode(Scene.SENDER), Rate.perSecond(RATE))));
    }

    private static RetryPolicy with(Category category, UncertainPolicy policy) {
        return RetryPolicy.defaults().withRule(category, CategoryRule.DEFAULT.withUncertain(policy));
    }

    private static Duration patience(int messages) {
        return Duration.ofSeconds(Scale.of(40, 160) + 3L * messages / RATE);
    }

    @Test
    void every_lost_answer_is_resolved_right(Scoreboard board) {
        int messages = Scale.of(400, 10_000);
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("31", "lost answers, half of them created", seed)
                .size("%d messages, horizons x %.2f", messages, FACTOR);
        List<Fault> faults = new ArrayList<>(Collections.nCopies(messages / 2, TAKEN));
        faults.addAll(Collections.nCopies(messages / 2, NOT_TAKEN));
        Collections.shuffle(faults, new Random(seed));
        UncertainPolicy policy = UncertainPolicy.resolveThenResend(Duration.ofMinutes(5));
        try (Scene scene = script(seed, with(Category.TRANSACTIONAL, policy))
                .withoutCallbacks()
                .start()) {
            faults.forEach(fault -> scene.sandbox.faults().next(1, fault));
            Ledger ledger = new Ledger(scene.tidings);
            ledger.send(messages);
            boolean ended = Await.until(patience(messages), () -> isOver(scene, messages));
            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            Doubts doubts = scene.tidings.doubts();
            double median = median(scene, ledger);
            row.figure("median %.1f s by the list, %s, %s", median / FACTOR, doubts, verdict);

            assertThat(ended).isTrue();
            assertThat(verdict.accepted()).isEqualTo(messages);
            assertThat(verdict.duplicates() + verdict.lost() + verdict.held() + verdict.dead())
                    .isZero();
            assertThat(doubts.byList()).isEqualTo(messages / 2);
            assertThat(doubts.resent()).isEqualTo(messages / 2);
            assertThat(doubts.duplicates()).isZero();
            assertThat(median / FACTOR).isLessThanOrEqualTo(30);
            row.passed();
        }
    }

    private static boolean isOver(Scene scene, int messages) {
        Map<MessageStatus, Long> counts = scene.tidings.counts();
        long known = Stream.of(MessageStatus.ACCEPTED, MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.DEAD)
                .mapToLong(status -> counts.getOrDefault(status, 0L))
                .sum();
        return known == messages;
    }

    /** Seconds from the commit of an attempt to its discovery in the list. */
    private static double median(Scene scene, Ledger ledger) {
        List<Double> seconds = new ArrayList<>();
        for (MessageId id : ledger.sent().values()) {
            for (Explanation.Story story :
                    scene.tidings.explain(id).orElseThrow().attempts()) {
                story.seen().stream()
                        .filter(seen -> seen.source() == Observation.Source.LIST)
                        .findFirst()
                        .ifPresent(seen ->
                                seconds.add(Duration.between(story.attempt().startedAt(), seen.at())
                                                .toMillis()
                                        / 1000.0));
            }
        }
        Collections.sort(seconds);
        return seconds.get(seconds.size() / 2);
    }

    @Test
    void equal_messages_to_one_number_are_counted_exactly(Scoreboard board) {
        int pairs = Scale.of(150, 1_000);
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("32", "identical twins", seed).size("%d pairs, horizons x %.2f", pairs, FACTOR);
        SplittableRandom chance = new SplittableRandom(seed);
        UncertainPolicy policy = UncertainPolicy.atMostOnce(Duration.ofMinutes(3));
        try (Scene scene = script(seed, with(Category.MARKETING, policy))
                .sandbox(settings -> settings.hostile(Hostility.calm().with(Mishap.CALLBACK_DROPPED, 0.5)))
                .start()) {
            for (int i = 0; i < 2 * pairs; i++) {
                int what = chance.nextInt(3);
                Fault none = new Fault.Slow(Duration.ofMillis(1));
                scene.sandbox.faults().next(1, what == 0 ? none : what == 1 ? TAKEN : NOT_TAKEN);
            }
            Map<String, List<MessageId>> sent = new HashMap<>();
            for (int i = 0; i < 2 * pairs; i++) {
                String text = "P%05d is ready.".formatted(i / 2);
                OutboundMessage twin = OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(i / 2)))
                        .text(text)
                        .category(Category.MARKETING)
                        .allowRepeat()
                        .build();
                sent.computeIfAbsent(text, key -> new ArrayList<>())
                        .add(scene.tidings.send(twin).id());
            }
            boolean ended = Await.until(patience(2 * pairs), () -> isOver(scene, 2 * pairs));
            Map<String, Integer> truth = scene.sandbox.log().acceptedByBody();
            List<String> wrong = sent.entrySet().stream()
                    .filter(pair -> pair.getValue().stream()
                                    .filter(id -> isKnown(scene, id))
                                    .count()
                            != truth.getOrDefault(pair.getKey(), 0))
                    .map(pair -> pair.getKey() + " accepted " + truth.getOrDefault(pair.getKey(), 0))
                    .toList();
            row.figure("%d pairs wrong, %s", wrong.size(), scene.tidings.doubts());

            assertThat(ended).isTrue();
            assertThat(wrong).isEmpty();
            assertThat(scene.tidings.doubts().duplicates()).isZero();
            row.passed();
        }
    }

    private static boolean isKnown(Scene scene, MessageId id) {
        return scene.tidings.find(id).orElseThrow().status() != MessageStatus.DEAD;
    }

    @Test
    void bad_evidence_costs_what_the_policy_allows_and_all_of_it_is_counted(Scoreboard board) {
        int messages = Scale.of(300, 3_000);
        long seed = Scale.seed();
        Duration lag = Scale.of(Duration.ofSeconds(4), Duration.ofMinutes(3));
        Hostility badEvidence = Hostility.calm()
                .withListLag(lag)
                .with(Mishap.LOST_BEFORE_ACCEPT, 0.35)
                .with(Mishap.LOST_AFTER_ACCEPT, 0.35)
                .with(Mishap.CALLBACK_DROPPED, 0.3);
        Scoreboard.Row row = board.row("2", "list lag, 30 % callbacks lost, no kills", seed)
                .size("%d messages, lag up to %s, horizons x %.2f", messages, lag, FACTOR);
        RetryPolicy retry = with(Category.MARKETING, UncertainPolicy.atMostOnce(Duration.ofMinutes(3)));
        try (Scene scene = script(seed, retry)
                .sandbox(settings -> settings.hostile(badEvidence))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            Category[] categories = {Category.MARKETING, Category.ALERT, Category.OTP};
            Map<MessageId, Category> sent = new HashMap<>();
            for (int i = 0; i < messages; i++) {
                Category category = categories[i % categories.length];
                sent.put(ledger.send(Scene.SENDER, category, 1), category);
            }
            boolean ended = Await.until(patience(messages), () -> isOver(scene, messages));
            boolean counted = Await.until(
                    Duration.ofSeconds(30).plus(lag.multipliedBy(3)),
                    () -> scene.tidings.doubts().duplicates() == duplicates(scene, ledger, sent, null)
                            && ledger.verdict(scene.sandbox.log()).unrecorded() == 0);
            long duplicates = duplicates(scene, ledger, sent, null);
            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            Doubts doubts = scene.tidings.doubts();
            row.figure("%s, %s", doubts, verdict);

            assertThat(ended).isTrue();
            assertThat(counted).as("%d duplicates, %s", duplicates, doubts).isTrue();
            assertThat(duplicates(scene, ledger, sent, Category.MARKETING)).isZero();
            assertThat(verdict.lost() + verdict.held() + verdict.stuck()).isZero();
            assertThat(duplicates).isBetween((long) Scale.of(0, 1), doubts.resent());
            assertThat(doubts.givenUp()).isEqualTo(verdict.dead() + revived(scene, ledger));
            row.passed();
        }
    }

    /** Given up after a second copy whose outcome is unknown to this day, and then the first one turned up. */
    private static long revived(Scene scene, Ledger ledger) {
        return ledger.sent().values().stream()
                .filter(id -> isKnown(scene, id))
                .flatMap(id -> scene.tidings.explain(id).orElseThrow().attempts().stream())
                .filter(story -> story.attempt().status() == AttemptStatus.UNCERTAIN)
                .flatMap(story -> story.seen().stream())
                .filter(seen -> seen.source() == Observation.Source.POLICY_GAVE_UP)
                .count();
    }

    private static long duplicates(
            Scene scene, Ledger ledger, Map<MessageId, Category> sent, @org.jspecify.annotations.Nullable Category of) {
        Map<String, Integer> accepted = scene.sandbox.log().acceptedByBody();
        return ledger.sent().entrySet().stream()
                .filter(entry -> of == null || sent.get(entry.getValue()) == of)
                .mapToLong(entry -> Math.max(0, accepted.getOrDefault(entry.getKey(), 0) - 1))
                .sum();
    }
}
