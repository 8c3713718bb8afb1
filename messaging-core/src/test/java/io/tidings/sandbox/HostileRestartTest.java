package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostileRestartTest {
    private final Sandbox sandbox = SteppedSandbox.builder().start();
    private final Api api = new Api(sandbox);
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        sandbox.close();
        receiver.close();
    }

    @Test
    void a_restart_closes_the_port_for_its_time_and_forgets_nothing() {
        int port = sandbox.port();
        String sid = create();
        sandbox.restart(Duration.ofSeconds(5), false);

        assertThatThrownBy(this::create).isInstanceOf(UncheckedIOException.class);
        sandbox.restart(Duration.ofSeconds(60), true);
        sandbox.advance(Duration.ofSeconds(4));
        assertThatThrownBy(this::create).isInstanceOf(UncheckedIOException.class);
        sandbox.advance(Duration.ofSeconds(1));

        assertThat(sandbox.port()).isEqualTo(port);
        assertThat(api.fetch(sid).path("sid").asText()).isEqualTo(sid);
        assertThat(sandbox.log().accepted()).hasSize(1);
        assertThat(sandbox.log().entries().stream()
                        .filter(LogEntry.Restart.class::isInstance)
                        .map(each -> ((LogEntry.Restart) each).open()))
                .containsExactly(false, true);
    }

    @Test
    void callbacks_wait_for_the_end_of_a_restart() {
        create();
        sandbox.restart(Duration.ofSeconds(20), false);
        sandbox.advance(Duration.ofSeconds(19));
        assertThat(receiver.arrivals).isEmpty();
        sandbox.advance(Duration.ofSeconds(1));

        assertThat(receiver.told("MessageStatus")).containsExactly("sent", "delivered");
        assertThat(sandbox.log().dropped()).isEmpty();
    }

    @Test
    void callbacks_are_lost_in_a_restart_that_loses_them() {
        create();
        sandbox.restart(Duration.ofSeconds(20), true);
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(receiver.arrivals).isEmpty();
        assertThat(sandbox.log().dropped().stream().map(LogEntry.Struck::what)).containsExactly("sent", "delivered");
        assertThat(sandbox.log().mishaps()).containsEntry(Mishap.RESTART, 2);
    }

    @Test
    void an_answer_on_its_way_is_lost_and_the_log_says_so() {
        sandbox.faults().next(1, new Fault.Slow(Duration.ofSeconds(10)));
        CompletableFuture<HttpResponse<String>> answer =
                api.createLater("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a");
        Eventually.holds(() -> sandbox.log().accepted().size() == 1);
        sandbox.restart(Duration.ofSeconds(1), false);
        sandbox.advance(Duration.ofSeconds(30));

        Eventually.holds(() -> answer.isCompletedExceptionally());
        Eventually.holds(() -> {
            sandbox.advance(Duration.ZERO);
            return !sandbox.log().struck().isEmpty();
        });
        assertThat(sandbox.log().struck()).singleElement().satisfies(each -> {
            assertThat(each.mishap()).isEqualTo(Mishap.RESTART);
            assertThat(each.sid()).isEqualTo(sandbox.messages().get(0).sid());
            assertThat(each.what()).startsWith("POST ");
        });
        assertThat(sandbox.log().dropped()).isEmpty();
    }

    @Test
    void a_hostile_sandbox_restarts_by_itself_at_times_of_its_seed() {
        assertThat(downs(3)).hasSize(4).isEqualTo(downs(3)).isNotEqualTo(downs(4));
    }

    @Test
    void a_real_clock_restarts_too() {
        try (Sandbox real = Sandbox.builder()
                .sender(SteppedSandbox.FROM)
                .hostile(Hostility.calm()
                        .withRestarts(new Hostility.Restarts(Duration.ofMillis(400), Duration.ofMillis(50), true)))
                .start()) {
            Eventually.holds(() -> real.log().entries().size() >= 6);
            real.hostile(Hostility.calm());
            Eventually.holds(() -> {
                try {
                    return new Api(real).get("/sandbox").statusCode() == 200;
                } catch (UncheckedIOException e) {
                    return false;
                }
            });
        }
    }

    private static java.util.List<Long> downs(long seed) {
        try (Sandbox hostile = SteppedSandbox.builder()
                .seed(seed)
                .hostile(Hostility.calm()
                        .withRestarts(new Hostility.Restarts(Duration.ofMinutes(1), Duration.ofSeconds(5), false)))
                .start()) {
            hostile.advance(Duration.ofMinutes(4));
            return hostile.log().entries().stream()
                    .filter(each -> each instanceof LogEntry.Restart restart && !restart.open())
                    .map(each -> each.stamp().nanos())
                    .toList();
        }
    }

    private String create() {
        return api.created(
                "To",
                SteppedSandbox.TO,
                "From",
                SteppedSandbox.FROM,
                "Body",
                "a",
                "StatusCallback",
                receiver.url("/cb"));
    }
}
