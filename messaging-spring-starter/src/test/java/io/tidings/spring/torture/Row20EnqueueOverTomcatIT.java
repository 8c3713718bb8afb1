package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Hostility;
import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.Mishap;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Rows 20 and 21 as a host has them: a method with {@code @Transactional}, called over HTTP, inserts an order and sends a text.
 * That costs two statements at most on its own connection, and no other connection; and the text leaves by the hint after the commit,
 * for the next look without one would be in ten minutes. The provider calls nobody back, so that all requests are orders.
 */
@Tag("alone")
@ExtendWith(SharedServer.class)
class Row20EnqueueOverTomcatIT {
    private static final int ORDERS = Size.of(40, 1_000);
    private static final String REQUESTS = "http-nio";

    @Test
    void a_text_costs_two_statements_in_the_hosts_transaction_and_leaves_at_once(Database database) throws Exception {
        long seed = Size.seed();
        SandboxClock clock = SandboxClock.real();
        Ledger ledger = new Ledger(clock::nanos);
        database.execute(OrderBook.TABLE);
        try (Board row =
                        Board.row("20", "send() in @Transactional, over Tomcat", seed, ORDERS + " orders, one by one");
                Board latency =
                        Board.row("21", "commit to request, over Tomcat", seed, ORDERS + " orders, one by one");
                Sandbox sandbox = Sandbox.builder()
                        .seed(seed)
                        .clock(clock)
                        .sender(AppMain.SENDER, 100_000)
                        .handsets(HandsetProfile.allDelivered())
                        .delays(Delays.none())
                        .hostile(Hostility.calm().with(Mishap.CALLBACK_DROPPED, 1))
                        .start();
                Host host = host(database, sandbox, ledger)) {
            List<Duration> waits = new ArrayList<>();
            for (int i = 0; i < ORDERS; i++) {
                waits.add(order(host.api(), sandbox, ledger, "Order %04d".formatted(i)));
            }

            List<Ledger.Loan> loans = ledger.of(REQUESTS);
            List<List<String>> texts = loans.stream()
                    .map(loan -> loan.executed().stream()
                            .filter(sql -> !sql.equals(OrderBook.TAKE))
                            .toList())
                    .toList();
            row.figure(
                    "%d connections, at most %d statements beside the order's",
                    loans.size(), texts.stream().mapToInt(List::size).max().orElseThrow());
            assertThat(loans).as("one connection for each request").hasSize(ORDERS);
            assertThat(loans).allSatisfy(loan -> assertThat(loan.executed()).contains(OrderBook.TAKE));
            assertThat(texts).allSatisfy(sql -> assertThat(sql).hasSizeBetween(1, 2));
            row.passed();

            List<Duration> sorted = waits.stream().sorted().toList();
            Duration half = sorted.get(ORDERS / 2);
            Duration most = sorted.get(ORDERS * 99 / 100);
            latency.figure("p50 %.1f ms, p99 %.1f ms", half.toNanos() / 1e6, most.toNanos() / 1e6);
            if (Size.isFull()) {
                assertThat(half).isLessThanOrEqualTo(Duration.ofMillis(20));
                assertThat(most).isLessThanOrEqualTo(Duration.ofMillis(150));
            }
            latency.passed();
        }
    }

    private static Host host(Database database, Sandbox sandbox, Ledger ledger) {
        Settings settings = Settings.of(database.url(), sandbox)
                .with("torture.horizon", Duration.ofHours(1))
                .with("tidings.worker.poll-interval", "10m");
        return Host.start(settings, sandbox, beans -> {
            beans.registerBean(Ledger.class, () -> ledger);
            beans.registerBean(OrderBook.class);
            beans.registerBean(Counter.class);
        });
    }

    /** From the commit until the provider had the request. */
    private static Duration order(Api api, Sandbox sandbox, Ledger ledger, String number) throws IOException {
        assertThat(api.form("/orders", Map.of("number", number, "regretted", "false"))
                        .status())
                .isEqualTo(200);
        assertThat(Await.until(
                        Duration.ofSeconds(30),
                        () -> !sandbox.log().acceptedContaining(number).isEmpty()))
                .as("it leaves without a poll")
                .isTrue();
        List<Ledger.Loan> loans = ledger.of(REQUESTS);
        LogEntry.Request request = sandbox.log().acceptedContaining(number).get(0);
        return Duration.ofNanos(
                request.stamp().nanos() - loans.get(loans.size() - 1).committed());
    }
}
