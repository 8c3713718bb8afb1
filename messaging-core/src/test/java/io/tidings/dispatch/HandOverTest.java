package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.AccountId;
import io.tidings.message.Sender;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.provider.Submission;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two nodes over one store: how senders move from one to the other while they send. */
class HandOverTest {
    private static final int SENDERS = 4;
    private static final List<Sender> CODES = IntStream.range(0, SENDERS)
            .mapToObj(i -> (Sender) new Sender.ShortCode(Integer.toString(55_600 + i)))
            .toList();

    private final Bench bench = new Bench(rates(), DispatchSettings.defaults(), List.of());
    private final Map<String, Queue<Runnable>> calls = new HashMap<>();
    private final Map<String, Set<Sender>> sentBy = new HashMap<>();
    private final Dispatcher first = node("first");
    private int numbers;

    private static SenderRates rates() {
        SenderRates rates = SenderRates.defaults();
        for (Sender code : CODES) {
            rates = rates.with(code, Rate.perSecond(20));
        }
        return rates;
    }

    private Dispatcher node(String name) {
        calls.put(name, new ArrayDeque<>());
        Wakeup wakeup = new Wakeup();
        Crew crew = new Crew(calls.get(name)::add, wakeup, bench.time::nanos);
        return new Dispatcher(name, bench.setup, calls.get(name)::add, wakeup, crew);
    }

    /** A tenth of a second: requests take that long, and every sender always has messages. */
    private void pass(Map<String, Dispatcher> nodes) {
        bench.time.forward(Duration.ofMillis(100));
        CODES.forEach(code -> {
            bench.send(Bench.to(numbers % 200).text("Parcel " + numbers++).from(code));
            bench.send(Bench.to(numbers % 200).text("Parcel " + numbers++).from(code));
        });
        nodes.forEach((name, dispatcher) -> {
            Queue<Runnable> open = calls.get(name);
            for (int left = open.size(); left > 0; left--) {
                int before = bench.provider.submissions().size();
                open.remove().run();
                List<Submission> all = bench.provider.submissions();
                all.subList(before, all.size())
                        .forEach(one -> sentBy.computeIfAbsent(name, key -> new HashSet<>())
                                .add(one.from()));
            }
            dispatcher.tick();
        });
    }

    private void pass(Duration span, Map<String, Dispatcher> nodes) {
        sentBy.clear();
        for (long left = span.toMillis(); left > 0; left -= 100) {
            pass(nodes);
        }
    }

    @Test
    void a_second_node_takes_over_half_of_the_busy_senders_and_no_request_is_left_in_doubt() {
        Map<String, Dispatcher> alone = Map.of("first", first);
        pass(Duration.ofSeconds(5), alone);
        assertThat(sentBy.get("first")).hasSize(SENDERS);
        Map<String, Dispatcher> both = Map.of("first", first, "second", node("second"));
        pass(Duration.ofSeconds(15), both);

        pass(Duration.ofSeconds(10), both);

        assertThat(sentBy.get("first")).hasSize(2);
        assertThat(sentBy.get("second")).hasSize(2).doesNotContainAnyElementsOf(sentBy.get("first"));
        assertThat(bench.messages.doubts().open()).isZero();
        assertThat(bench.stores.outbox().counts().uncertain()).isZero();
        assertThat(bench.provider.submissions().stream().map(Submission::attempt))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_sender_whose_request_hangs_is_kept_until_it_has_ended() {
        pass(Map.of("first", first));
        Dispatcher second = node("second");
        calls.get("first").clear();
        for (int i = 0; i < 150; i++) {
            bench.time.forward(Duration.ofMillis(100));
            first.tick();
            second.tick();
        }

        List<QueueRow> sending = CODES.stream()
                .map(code -> new SenderKey(AccountId.DEFAULT, code, 0))
                .flatMap(key -> bench.stores.work().recover(100).stream())
                .collect(Collectors.toList());

        assertThat(sending).isEmpty();
        assertThat(calls.get("second")).isEmpty();
    }
}
