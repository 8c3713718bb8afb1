package io.tidings.webhook;

import static io.tidings.webhook.CallbackScene.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.provider.ProviderFact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class StatusStreamsTest {
    /** Twilio's words from least to most, written down a second time. */
    private static final List<String> ORDER =
            List.of("accepted", "queued", "sending", "sent", "canceled", "failed", "undelivered", "delivered", "read");

    private final CallbackScene scene = new CallbackScene();

    @Test
    void any_order_any_repetition_and_callbacks_before_our_own_answer_give_one_state() {
        SplittableRandom random = new SplittableRandom(CallbackScene.seed());
        for (int i = 0; i < CallbackScene.times(20_000, 1_000_000); i++) {
            AttemptId attempt = CallbackScene.anyAttempt(random);
            scene.sink.intend(attempt);
            List<String> words = someOf(random);

            List<Runnable> events = new ArrayList<>();
            for (String word : words) {
                int copies = random.nextInt(1, 4);
                WebhookRequest request = request(attempt, word);
                events.addAll(Collections.nCopies(copies, () -> deliver(request)));
            }
            // The first event is our own commit of the provider's answer: it may come first, last or in between.
            events.add(() -> scene.sink.answered(attempt, answer()));
            Collections.shuffle(events, new Random(random.nextLong()));
            events.forEach(Runnable::run);

            assertThat(scene.sink.state(attempt)).as("stream %d: %s", i, words).isEqualTo(expected(words));
            assertThat(scene.sink.raw(attempt)).as("nothing raw is lost").hasSize(events.size() - 1);
            scene.sink.forget(attempt);
        }
    }

    @Test
    void every_permutation_of_a_whole_life_gives_one_state() {
        List<String> life = List.of("queued", "sent", "undelivered", "delivered", "read");
        AttemptId attempt = CallbackScene.ATTEMPT;
        for (List<String> order : permutations(life)) {
            scene.sink.intend(attempt);
            order.forEach(word -> deliver(request(attempt, word)));
            assertThat(scene.sink.state(attempt)).as("%s", order).isEqualTo(expected(life));
        }
    }

    @Test
    void a_day_replayed_in_another_order_changes_nothing() {
        SplittableRandom random = new SplittableRandom(CallbackScene.seed());
        List<AttemptId> attempts = new ArrayList<>();
        List<WebhookRequest> day = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            AttemptId attempt = CallbackScene.anyAttempt(random);
            attempts.add(attempt);
            scene.sink.intend(attempt);
            someOf(random).forEach(word -> day.add(request(attempt, word)));
        }
        day.forEach(scene.webhooks::handle);
        var before = attempts.stream().map(scene.sink::state).toList();

        Collections.shuffle(day, new Random(random.nextLong()));
        day.forEach(scene.webhooks::handle);

        assertThat(attempts.stream().map(scene.sink::state).toList()).isEqualTo(before);
    }

    @Test
    void a_hundred_copies_at_once_from_many_threads_give_one_state() throws Exception {
        List<String> words = List.of("queued", "sent", "failed", "delivered");
        List<Callable<Integer>> calls = new ArrayList<>();
        for (String word : words) {
            WebhookRequest request = request(CallbackScene.ATTEMPT, word);
            calls.addAll(Collections.nCopies(
                    100, () -> scene.webhooks.handle(request).status()));
        }
        Collections.shuffle(calls, new Random(CallbackScene.seed()));

        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (var answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(204);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(scene.sink.state(CallbackScene.ATTEMPT)).isEqualTo(expected(words));
        assertThat(scene.sink.facts(CallbackScene.ATTEMPT)).hasSize(4);
        assertThat(scene.webhooks.counts().kept()).isEqualTo(400);
    }

    private static List<String> someOf(SplittableRandom random) {
        List<String> words = new ArrayList<>(ORDER);
        words.removeIf(word -> random.nextInt(2) == 0);
        return words.isEmpty() ? List.of("sent") : words;
    }

    private static MemorySink.State expected(List<String> words) {
        int greatest = Math.max(1, words.stream().mapToInt(ORDER::indexOf).max().orElseThrow());
        String word = ORDER.get(greatest);
        long ends = words.stream()
                .map(w -> w.equals("read") ? "delivered" : w)
                .filter(w -> ORDER.indexOf(w) >= 4)
                .distinct()
                .count();
        return new MemorySink.State(
                AttemptStatus.valueOf(word.toUpperCase(java.util.Locale.ROOT)),
                CallbackScene.SID,
                code(word),
                ends > 1);
    }

    private static int code(String word) {
        return switch (word) {
            case "failed" -> 30003;
            case "undelivered" -> 30008;
            default -> 0;
        };
    }

    private static ProviderFact answer() {
        return new ProviderFact(AttemptStatus.QUEUED, CallbackScene.SID, 0, CallbackScene.NOW);
    }

    private void deliver(WebhookRequest request) {
        int answered = scene.webhooks.handle(request).status();
        if (answered != 204) {
            throw new AssertionError("answered " + answered);
        }
    }

    private WebhookRequest request(AttemptId attempt, String word) {
        Map<String, String> more = code(word) == 0 ? Map.of() : Map.of("ErrorCode", Integer.toString(code(word)));
        return scene.signed(scene.target(attempt), status(word, more));
    }

    private static List<List<String>> permutations(List<String> words) {
        if (words.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (String first : words) {
            List<String> rest = new ArrayList<>(words);
            rest.remove(first);
            for (List<String> tail : permutations(rest)) {
                List<String> whole = new ArrayList<>(List.of(first));
                whole.addAll(tail);
                all.add(whole);
            }
        }
        return all;
    }
}
