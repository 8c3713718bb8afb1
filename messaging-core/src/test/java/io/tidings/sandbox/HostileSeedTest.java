package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A run follows from its seed, not from its threads. */
class HostileSeedTest {
    private static final int TEXTS = 300;

    @Test
    void the_same_seed_gives_the_same_run_in_any_order_of_arrival() throws Exception {
        Run first = run(11, 1);
        Run second = run(11, 2);

        assertThat(second.requests()).isEqualTo(first.requests());
        assertThat(second.callbacks()).isEqualTo(first.callbacks());
        assertThat(second.lags()).isEqualTo(first.lags());
        assertThat(first.requests().values().stream()
                        .flatMap(List::stream)
                        .distinct()
                        .count())
                .isGreaterThan(8);
    }

    @Test
    void another_seed_gives_another_run() throws Exception {
        Run first = run(11, 1);
        Run other = run(12, 1);

        assertThat(other.requests()).isNotEqualTo(first.requests());
        assertThat(other.callbacks()).isNotEqualTo(first.callbacks());
        assertThat(other.lags()).isNotEqualTo(first.lags());
    }

    @Test
    void the_shares_come_true() throws Exception {
        Run run = run(5, 1);
        Map<String, Long> counts = run.requests().values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));

        assertThat(counts.get("LOST_AFTER_ACCEPT true")).isBetween(25L, 75L);
        assertThat(counts.get("none true")).isBetween(300L, 460L);
    }

    /**
     * What was decided, by the text of the message.
     *
     * @param requests for each text, in sorted order: equal ones are interchangeable
     * @param callbacks the mishaps of the webhooks
     * @param lags which are listed after two seconds
     */
    private record Run(Map<String, List<String>> requests, Map<String, List<String>> callbacks, List<String> lags) {}

    private static Run run(long seed, long order) throws Exception {
        Hostility hostility =
                Hostility.hostile().withStorms(Hostility.Storms.NONE).withRestarts(Hostility.Restarts.NONE);
        for (Mishap mishap : new Mishap[] {
            Mishap.LOST_BEFORE_ACCEPT, Mishap.LOST_AFTER_ACCEPT, Mishap.ERROR_BEFORE_ACCEPT, Mishap.ERROR_AFTER_ACCEPT
        }) {
            hostility = hostility.with(mishap, 0.08);
        }
        // Answers that wait for the sandbox's time would keep the senders waiting for the end of the test.
        hostility = hostility
                .with(Mishap.SLOW_ANSWER, 0)
                .with(Mishap.DRIBBLED_ANSWER, 0)
                .with(Mishap.CALLBACK_EARLY, 0)
                .with(Mishap.READ_ERROR, 0);
        try (Sandbox sandbox =
                SteppedSandbox.builder().seed(seed).hostile(hostility).start()) {
            send(sandbox, order);
            sandbox.advance(java.time.Duration.ofSeconds(2));
            List<String> listed = new ArrayList<>();
            Api.json(new Api(sandbox).get(new Api(sandbox).messages() + "?PageSize=1000"))
                    .path("messages")
                    .forEach(each -> listed.add(each.path("body").asText()));
            Collections.sort(listed);
            sandbox.advance(SteppedSandbox.LIFETIME);
            return new Run(requests(sandbox), callbacks(sandbox), listed);
        }
    }

    private static void send(Sandbox sandbox, long order) throws InterruptedException {
        List<Integer> texts = new ArrayList<>();
        for (int i = 0; i < 2 * TEXTS; i++) {
            texts.add(i % TEXTS);
        }
        Collections.shuffle(texts, new Random(order));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Api api = new Api(sandbox);
        texts.forEach(each -> threads.execute(() -> {
            try {
                // The address differs between runs, as ids and MACs do; port 1 is never open.
                api.create(
                        "To",
                        SteppedSandbox.TO,
                        "From",
                        SteppedSandbox.FROM,
                        "Body",
                        "text-" + each,
                        "StatusCallback",
                        "http://127.0.0.1:1/" + order + "#rc=0&ct=100");
            } catch (java.io.UncheckedIOException e) {
                // A lost answer: the log knows.
                return;
            }
        }));
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private static Map<String, List<String>> requests(Sandbox sandbox) {
        Map<String, List<String>> found = new TreeMap<>();
        sandbox.log()
                .creates()
                .forEach(each -> found.computeIfAbsent(
                                String.valueOf(each.create().body()), any -> new ArrayList<>())
                        .add(each.mishap().map(Mishap::name).orElse("none") + " " + each.accepted()));
        found.values().forEach(Collections::sort);
        return found;
    }

    private static Map<String, List<String>> callbacks(Sandbox sandbox) {
        Map<String, List<String>> found = new TreeMap<>();
        sandbox.log()
                .struck()
                .forEach(each -> found.computeIfAbsent(
                                sandbox.message(String.valueOf(each.sid()))
                                        .orElseThrow()
                                        .body(),
                                any -> new ArrayList<>())
                        .add(each.what() + " " + each.mishap()));
        found.values().forEach(Collections::sort);
        return found;
    }
}
