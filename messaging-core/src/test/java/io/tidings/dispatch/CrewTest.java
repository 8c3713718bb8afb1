package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who takes the dispatcher's turns, and on which thread a message goes out. */
class CrewTest {
    private static final long LATER = TimeUnit.SECONDS.toNanos(1);

    /** Threads that the test plays itself. */
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    private final Wakeup wakeup = new Wakeup();
    private final List<String> sent = new ArrayList<>();
    private final Queue<String> toSend = new ArrayDeque<>();
    private final Crew crew = new Crew(tasks::add, wakeup, () -> 0);

    /** Begins one message. */
    private long turn() {
        String next = toSend.poll();
        if (next != null) {
            crew.send(() -> sent.add(next));
        }
        return LATER;
    }

    @Test
    void a_thread_whose_request_has_ended_goes_on_with_what_its_own_turn_begins() {
        toSend.addAll(List.of("a", "b", "c"));
        crew.open(this::turn);
        crew.take(this::turn);

        tasks.remove().run();

        assertThat(sent).containsExactly("a", "b", "c");
        assertThat(tasks).isEmpty();
    }

    @Test
    void until_it_is_open_and_after_it_is_closed_the_loop_alone_takes_turns() {
        toSend.addAll(List.of("a", "b", "c"));
        crew.take(this::turn);
        tasks.remove().run();
        assertThat(sent).containsExactly("a");

        crew.open(this::turn);
        crew.take(this::turn);
        crew.close();
        tasks.remove().run();

        assertThat(sent).containsExactly("a", "b");
        assertThat(tasks).isEmpty();
    }

    @Test
    void a_request_that_ends_during_the_loops_turn_brings_the_loop_back_at_once() {
        toSend.add("a");
        crew.open(this::turn);

        long again = crew.take(() -> {
            long later = turn();
            CompletableFuture.runAsync(tasks.remove(), task -> new Thread(task).start())
                    .join();
            return later;
        });

        assertThat(sent).containsExactly("a");
        assertThat(again).isEqualTo(1);
        assertThat(crew.take(this::turn)).isEqualTo(LATER);
    }

    @Test
    void what_waits_for_a_thread_is_not_overtaken() {
        toSend.addAll(List.of("a", "b", "c"));
        crew.open(this::turn);
        crew.take(this::turn);
        crew.take(this::turn);

        tasks.remove().run();
        assertThat(sent).containsExactly("a");
        tasks.remove().run();

        assertThat(sent).containsExactly("a", "b");
        assertThat(tasks).hasSize(1);
    }

    @Test
    void an_executor_that_runs_on_the_callers_thread_does_not_nest_turns() {
        AtomicInteger nested = new AtomicInteger();
        Crew inline = new Crew(Runnable::run, wakeup, () -> 0);
        inline.open(() -> nested.incrementAndGet());

        inline.take(() -> {
            inline.send(() -> sent.add("a"));
            return LATER;
        });

        assertThat(sent).containsExactly("a");
        assertThat(nested).hasValue(0);
    }

    @Test
    void what_was_begun_in_a_turn_that_dies_is_sent_all_the_same() {
        toSend.add("a");
        crew.open(() -> {
            crew.send(() -> sent.add("kept"));
            throw new AssertionError("the turn dies");
        });
        crew.take(this::turn);

        assertThatThrownBy(() -> tasks.remove().run()).isInstanceOf(AssertionError.class);
        crew.close();
        tasks.remove().run();

        assertThat(sent).containsExactly("a", "kept");
    }

    @Test
    void many_threads_take_one_turn_at_a_time_and_no_end_of_a_request_is_overlooked() throws Exception {
        int requests = 50_000;
        int window = 8;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Queue<Integer> ended = new ConcurrentLinkedQueue<>();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicLong settled = new AtomicLong();
        CountDownLatch all = new CountDownLatch(requests);
        Crew shared = new Crew(threads, wakeup, System::nanoTime);
        int[] begun = {0};
        java.util.function.LongSupplier turn = () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            for (Integer one = ended.poll(); one != null; one = ended.poll()) {
                settled.incrementAndGet();
                all.countDown();
            }
            while (begun[0] < requests && begun[0] - settled.get() < window) {
                int number = begun[0]++;
                shared.send(() -> ended.add(number));
            }
            inside.decrementAndGet();
            return LATER;
        };
        Thread loop = new Thread(() -> {
            while (all.getCount() > 0) {
                wakeup.await(shared.take(turn));
            }
        });
        shared.open(turn);
        loop.start();
        try {
            assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            shared.close();
            wakeup.hint();
            loop.join();
            threads.shutdownNow();
        }

        assertThat(most).hasValue(1);
        assertThat(begun[0]).isEqualTo(requests);
    }
}
