package io.tidings.spring.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers of the API who ask for one text after the other. Who gets no answer asks again with the same key, and another node if
 * there is one. Safe for use by many threads.
 */
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Api> nodes = new CopyOnWriteArrayList<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final ExecutorService callers;
    private final List<Future<?>> calling = new ArrayList<>();
    private volatile Duration pause;
    private volatile boolean going = true;

    private Load(int callers, Duration pause) {
        this.callers = Executors.newFixedThreadPool(callers);
        this.pause = pause;
    }

    /** So many callers of this node, each with a pause after an answer. */
    static Load of(Api node, int callers, Duration pause) {
        Load load = new Load(callers, pause);
        load.add(node);
        for (int i = 0; i < callers; i++) {
            load.calling.add(load.callers.submit(() -> {
                while (load.going) {
                    load.ask(load.token());
                    Await.pass(load.pause);
                }
            }));
        }
        return load;
    }

    /** How long callers wait after an answer from now on. */
    void pause(Duration after) {
        pause = after;
    }

    /** Which callers ask as well from now on. */
    void add(Api node) {
        nodes.add(node);
    }

    /** Which they do not ask any more. */
    void remove(Api node) {
        nodes.remove(node);
    }

    /** One that nobody has asked for. */
    String token() {
        return "T%07d".formatted(next.incrementAndGet());
    }

    private void ask(String token) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int tries = token.hashCode(); System.nanoTime() - end < 0; tries++) {
            try {
                List<Api> now = List.copyOf(nodes);
                int status =
                        now.get(Math.floorMod(tries, now.size())).text(token).status();
                answered(token, status);
                if (status < 300) {
                    return;
                }
            } catch (IOException e) {
                repeated.incrementAndGet();
            }
            Await.pass(Duration.ofMillis(20));
        }
        throw new IllegalStateException("nobody answers");
    }

    /** Notes an answer. */
    void answered(String token, int status) {
        statuses.merge(status, 1, Integer::sum);
        if (status < 300) {
            answered.add(token);
        }
    }

    /** What has been asked for with success. */
    Set<String> answered() {
        return Set.copyOf(answered);
    }

    /** How often each status was answered. */
    Map<Integer, Integer> statuses() {
        return Map.copyOf(statuses);
    }

    /** How often somebody had no answer and asked again. */
    int repeated() {
        return repeated.get();
    }

    /** Lets every caller come to the end of what it has begun. */
    void end() throws InterruptedException {
        going = false;
        for (Future<?> each : calling) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a caller has given up", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        going = false;
        callers.shutdownNow();
    }
}
