package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.Sender;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TenantId;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.WorkQueue;
import io.tidings.throttle.AdaptiveWindow;
import io.tidings.throttle.Rate;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Two nodes over one store keep the limits of one. */
class SharedLimitsTest {
    private static final Sender OTHER = new Sender.ShortCode("55513");
    private static final TenantId TENANT = new TenantId("acme");

    private final Queue<Runnable> firstCalls = new ArrayDeque<>();
    private final Queue<Runnable> secondCalls = new ArrayDeque<>();

    private static Bench bench(SenderRates rates, int inFlight) {
        return new Bench(
                rates.with(Bench.SENDER, Rate.perSecond(1_000)).with(OTHER, Rate.perSecond(1_000)),
                DispatchSettings.defaults().withInFlight(inFlight),
                List.of());
    }

    private static void backlog(Bench bench, Sender sender, int from, int messages) {
        for (int i = 0; i < messages; i++) {
            bench.send(Bench.to(from + i).tenant(TENANT).from(sender));
        }
    }

    @Test
    void the_rate_of_a_tenant_is_one_for_both_nodes() {
        Bench bench = bench(SenderRates.defaults().with(TENANT, Rate.perSecond(50)), 64);
        Dispatcher first = node("first", bench, Runnable::run);
        Dispatcher second = node("second", bench, Runnable::run);
        backlog(bench, Bench.SENDER, 1_000, 500);
        first.tick();
        backlog(bench, OTHER, 3_000, 500);
        bench.time.forward(Duration.ofMillis(20));
        second.tick();

        List<Integer> perSecond = new ArrayList<>();
        for (int second10 = 0; second10 < 5; second10++) {
            int before = bench.provider.submissions().size();
            for (int slice = 0; slice < 100; slice++) {
                bench.time.forward(Duration.ofMillis(10));
                (slice % 2 == 0 ? first : second).tick();
                (slice % 2 == 0 ? second : first).tick();
            }
            perSecond.add(bench.provider.submissions().size() - before);
        }

        assertThat(perSecond).allSatisfy(sent -> assertThat(sent).isLessThanOrEqualTo(100));
        assertThat(bench.provider.submissions().size()).isBetween(245, 300);
        assertThat(bench.provider.submissions())
                .extracting(submission -> submission.from())
                .contains(Bench.SENDER, OTHER);
    }

    @Test
    void requests_in_flight_of_both_nodes_never_exceed_the_ceiling_also_when_one_joins_and_leaves() {
        Bench bench = bench(SenderRates.defaults(), 8);
        Dispatcher first = node("first", bench, firstCalls::add);
        Dispatcher second = node("second", bench, secondCalls::add);
        backlog(bench, Bench.SENDER, 1_000, 2_000);
        pass(bench, first, null, 30);
        assertThat(bench.provider.submissions().size()).isGreaterThan(200);
        backlog(bench, OTHER, 4_000, 2_000);

        secondSends = 0;
        pass(bench, first, second, 300);
        assertThat(secondSends).isGreaterThan(500);
        second.drain();
        while (!second.isIdle()) {
            secondCalls.remove().run();
            second.drain();
        }
        second.disown();
        pass(bench, first, null, 30);

        assertThat(most).isEqualTo(8);
    }

    private int most;
    private int secondSends;

    /** Each step is a tenth of a second, and so is each request. */
    private void pass(Bench bench, Dispatcher first, @org.jspecify.annotations.Nullable Dispatcher second, int steps) {
        for (int step = 0; step < steps; step++) {
            bench.time.forward(Duration.ofMillis(100));
            run(firstCalls);
            secondSends += run(secondCalls);
            first.tick();
            if (second != null) {
                second.tick();
            }
            most = Math.max(most, firstCalls.size() + secondCalls.size());
        }
    }

    private static int run(Queue<Runnable> calls) {
        int all = calls.size();
        for (int left = all; left > 0; left--) {
            calls.remove().run();
        }
        return all;
    }

    @Test
    void a_store_that_fails_while_it_is_read_costs_no_slots() {
        Bench bench = bench(SenderRates.defaults(), 8);
        AdaptiveWindow window = new AdaptiveWindow(8, bench.time::nanos);
        WorkQueue broken = (WorkQueue) Proxy.newProxyInstance(
                WorkQueue.class.getClassLoader(), new Class<?>[] {WorkQueue.class}, (proxy, method, arguments) -> {
                    throw new StoreUnavailableException("the store is away", new IllegalStateException("scripted"));
                });
        Picker picker = new Picker(broken, new SendChecks(null, Runnable::run, bench.time, new Wakeup()));
        SenderKey key = new SenderKey(io.tidings.message.AccountId.DEFAULT, Bench.SENDER, 0);
        SenderPace pace = new SenderPace(
                new io.tidings.outbox.OwnedSender(key, null),
                SenderRates.defaults().of(Bench.SENDER),
                DispatchSettings.defaults().shares(),
                bench.time);
        Quotas quotas = new Quotas(SenderRates.defaults(), bench.stores.limits(), bench.time);

        assertThatThrownBy(() -> picker.pick(key, pace, quotas, window)).isInstanceOf(StoreUnavailableException.class);

        assertThat(window.inFlight()).isZero();
    }

    private static Dispatcher node(String name, Bench bench, Executor executor) {
        Wakeup wakeup = new Wakeup();
        return new Dispatcher(name, bench.setup, executor, wakeup, new Crew(executor, wakeup, bench.time::nanos));
    }
}
