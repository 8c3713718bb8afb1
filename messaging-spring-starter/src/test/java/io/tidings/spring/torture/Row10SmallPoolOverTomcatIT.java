package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Row 10 as a host has it: threads of a Tomcat insert an order and send a text about it in one transaction, while worker, webhooks
 * and everything else of Tidings use the same pool of one or two connections. Nobody holds one while waiting for another.
 */
@ExtendWith(SharedServer.class)
class Row10SmallPoolOverTomcatIT {
    private static final int CALLERS = 32;
    private static final int EACH = Size.of(3, 100);
    /** Every so many-th order is regretted when all is done but the commit. */
    private static final int REGRETTED = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void there_is_a_text_for_each_order_and_for_nothing_else(int connections, Database database) throws Exception {
        long seed = Size.seed();
        database.execute(OrderBook.TABLE);
        try (Board row = Board.row(
                        "10",
                        "orders over Tomcat, pool of " + connections,
                        seed,
                        CALLERS + " callers, " + CALLERS * EACH + " orders");
                Sandbox sandbox = Sandbox.builder()
                        .seed(seed)
                        .sender(AppMain.SENDER, 100_000)
                        .handsets(HandsetProfile.allDelivered())
                        .delays(Delays.realistic().times(0.02))
                        .start();
                Host host = host(database, sandbox, connections)) {
            Set<String> taken = order(host.api());

            boolean done = Await.until(Duration.ofMinutes(2), () -> database.hasDelivered(taken.size()));
            double timeouts = host.bean(MeterRegistry.class)
                    .get("hikaricp.connections.timeout")
                    .counter()
                    .count();
            Map<String, Integer> sent = sandbox.log().acceptedByBody();
            row.figure("%d orders, %d texts, %.0f time-outs", taken.size(), sent.size(), timeouts);
            assertThat(done).as(database.told()).isTrue();
            assertThat(database.column("SELECT number FROM orders")).containsExactlyInAnyOrderElementsOf(taken);
            assertThat(sent.keySet()).isEqualTo(taken);
            assertThat(sent.values()).containsOnly(1);
            assertThat(timeouts).isZero();
            row.passed();
        }
    }

    private static Host host(Database database, Sandbox sandbox, int connections) {
        Settings settings = Settings.of(database.url(), sandbox)
                .with("torture.horizon", Duration.ofSeconds(5))
                .with("spring.datasource.hikari.maximum-pool-size", connections);
        return Host.start(settings, sandbox, beans -> {
            beans.registerBean(OrderBook.class);
            beans.registerBean(Counter.class);
        });
    }

    /** The orders that were taken; whatever is answered but what was asked for fails the test. */
    private static Set<String> order(Api api) throws Exception {
        Set<String> taken = ConcurrentHashMap.newKeySet();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<Void>> calling = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                int first = caller * EACH;
                calling.add(callers.submit((Callable<Void>) () -> {
                    for (int order = first; order < first + EACH; order++) {
                        boolean regretted = order % REGRETTED == 0;
                        String number = "Order " + order;
                        Api.Told told =
                                api.form("/orders", Map.of("number", number, "regretted", Boolean.toString(regretted)));
                        assertThat(told.status()).as(told.body()).isEqualTo(regretted ? 409 : 200);
                        if (!regretted) {
                            taken.add(number);
                        }
                    }
                    return null;
                }));
            }
            for (Future<Void> each : calling) {
                each.get();
            }
        } finally {
            callers.shutdownNow();
        }
        return taken;
    }
}
