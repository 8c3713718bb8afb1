package io.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageStatus;
import io.tidings.provider.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Row 26 through the whole system: 20,000 streams, a million with {@code -Dtidings.torture=full}. */
class CallbackStreamsTest {
    private static final int STREAMS =
            System.getProperty("tidings.torture", "short").equals("full") ? 1_000_000 : 20_000;
    private static final List<AttemptStatus> STATUSES = List.of(
            AttemptStatus.ACCEPTED,
            AttemptStatus.QUEUED,
            AttemptStatus.SENDING,
            AttemptStatus.SENT,
            AttemptStatus.CANCELED,
            AttemptStatus.FAILED,
            AttemptStatus.UNDELIVERED,
            AttemptStatus.DELIVERED,
            AttemptStatus.READ);
    private static final Set<AttemptStatus> FAILING =
            EnumSet.of(AttemptStatus.CANCELED, AttemptStatus.FAILED, AttemptStatus.UNDELIVERED);

    /** What an error code means for a message with attempts left: written down a second time, from the table's classes. */
    private enum Code {
        PERMANENT(30005, 30007),
        RETRYABLE(30008, 30003),
        CONFIGURATION(30034, 30034);

        private final int failed;
        private final int undelivered;

        Code(int failed, int undelivered) {
            this.failed = failed;
            this.undelivered = undelivered;
        }
    }

    private record Stream(Set<AttemptStatus> statuses, Code failed, Code undelivered) {

        int code(AttemptStatus status) {
            return switch (status) {
                case FAILED -> failed.failed;
                case UNDELIVERED -> undelivered.undelivered;
                default -> 0;
            };
        }

        /** The state that every order must end in. */
        MessageStatus end() {
            AttemptStatus greatest = Collections.max(statuses);
            boolean contradicts = statuses.stream().filter(FAILING::contains).count() > 1;
            return switch (greatest) {
                case READ -> MessageStatus.READ;
                case DELIVERED -> MessageStatus.DELIVERED;
                case UNDELIVERED ->
                    undelivered == Code.RETRYABLE && !contradicts ? MessageStatus.QUEUED : MessageStatus.UNDELIVERED;
                case FAILED -> failedEnd(contradicts);
                case CANCELED -> MessageStatus.CANCELED;
                case SENT -> MessageStatus.SENT;
                default -> MessageStatus.ACCEPTED;
            };
        }

        private MessageStatus failedEnd(boolean contradicts) {
            return switch (failed) {
                case PERMANENT -> MessageStatus.FAILED;
                case CONFIGURATION -> MessageStatus.DEAD;
                case RETRYABLE -> contradicts ? MessageStatus.FAILED : MessageStatus.QUEUED;
            };
        }
    }

    @Test
    void any_order_any_repetition_and_callbacks_before_the_answer_end_in_one_state() {
        long seed = Long.getLong("tidings.seed", System.nanoTime());
        System.out.println("callback streams: " + STREAMS + ", seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        OutboxScene scene = new OutboxScene();
        for (int i = 0; i < STREAMS; i++) {
            if (i % 500 == 0) {
                scene = new OutboxScene();
            }
            Stream stream = stream(random);
            List<Runnable> events = new ArrayList<>();
            AttemptId attempt = scene.begun(scene.send(OutboxScene.to(i % 9_000)));
            for (AttemptStatus status : stream.statuses()) {
                events.addAll(Collections.nCopies(random.nextInt(1, 4), event(scene, attempt, stream, status)));
            }
            events.add(answer(scene, attempt));
            Collections.shuffle(events, new Random(random.nextLong()));

            events.forEach(Runnable::run);

            assertThat(scene.status(attempt.message()))
                    .as("seed %d, stream %d: %s", seed, i, stream)
                    .isEqualTo(stream.end());
        }
    }

    private static Stream stream(SplittableRandom random) {
        EnumSet<AttemptStatus> statuses = EnumSet.noneOf(AttemptStatus.class);
        STATUSES.stream().filter(status -> random.nextInt(3) == 0).forEach(statuses::add);
        statuses.add(AttemptStatus.QUEUED);
        Code[] codes = Code.values();
        return new Stream(statuses, codes[random.nextInt(3)], codes[random.nextInt(3)]);
    }

    /** A SID belongs to one attempt. */
    private static String sid(AttemptId attempt) {
        return "SM" + attempt.message().value().toString().replace("-", "");
    }

    private static Runnable event(OutboxScene scene, AttemptId attempt, Stream stream, AttemptStatus status) {
        return () -> scene.settler.report(
                attempt,
                new Observation(
                        status,
                        sid(attempt),
                        stream.code(status),
                        null,
                        Observation.Source.CALLBACK,
                        scene.time.instant(),
                        Map.of()));
    }

    private static Runnable answer(OutboxScene scene, AttemptId attempt) {
        return () -> scene.settler.outcome(attempt, new Outcome.Accepted(sid(attempt), AttemptStatus.QUEUED));
    }

    @Test
    void every_permutation_of_every_set_of_up_to_four_callbacks_ends_in_one_state() {
        OutboxScene scene = new OutboxScene();
        int number = 0;
        for (Code failed : Code.values()) {
            for (Code undelivered : Code.values()) {
                for (Set<AttemptStatus> set : setsOfUpToFour()) {
                    Stream stream = new Stream(set, failed, undelivered);
                    for (List<AttemptStatus> order : permutations(List.copyOf(set))) {
                        if (++number % 500 == 0) {
                            scene = new OutboxScene();
                        }
                        AttemptId attempt = scene.begun(scene.send(OutboxScene.to(number % 9_000)));
                        for (AttemptStatus status : order) {
                            event(scene, attempt, stream, status).run();
                        }
                        assertThat(scene.status(attempt.message()))
                                .as("%s in the order %s", stream, order)
                                .isEqualTo(stream.end());
                    }
                }
            }
        }
    }

    private static List<Set<AttemptStatus>> setsOfUpToFour() {
        List<AttemptStatus> some = STATUSES.subList(3, STATUSES.size());
        List<Set<AttemptStatus>> sets = new ArrayList<>();
        for (int bits = 1; bits < 1 << some.size(); bits++) {
            EnumSet<AttemptStatus> set = EnumSet.noneOf(AttemptStatus.class);
            for (int i = 0; i < some.size(); i++) {
                if ((bits & 1 << i) != 0) {
                    set.add(some.get(i));
                }
            }
            if (set.size() <= 4) {
                sets.add(set);
            }
        }
        return sets;
    }

    private static <T> List<List<T>> permutations(List<T> things) {
        if (things.size() <= 1) {
            return List.of(things);
        }
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) {
            List<T> rest = new ArrayList<>(things);
            T head = rest.remove(i);
            for (List<T> tail : permutations(rest)) {
                List<T> one = new ArrayList<>(List.of(head));
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }
}
