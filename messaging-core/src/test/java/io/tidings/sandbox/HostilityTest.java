package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostilityTest {
    @Test
    void a_sandbox_is_calm_unless_told_otherwise() {
        try (Sandbox sandbox = SteppedSandbox.builder().start()) {
            assertThat(sandbox.hostility()).isEqualTo(Hostility.calm());
        }
    }

    @Test
    void the_presets_have_names_and_grow_worse() {
        assertThat(Hostility.named("calm").share(Mishap.LOST_AFTER_ACCEPT)).isZero();
        assertThat(Hostility.named("hostile")).isEqualTo(Hostility.defaults());
        for (Mishap each : Hostility.hostile().shares().keySet()) {
            assertThat(Hostility.named("brutal").share(each))
                    .isGreaterThan(Hostility.hostile().share(each));
        }
        assertThatThrownBy(() -> Hostility.named("mean"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("calm, hostile or brutal");
    }

    @Test
    void the_list_lags_at_most_half_of_the_shortest_horizon() {
        Duration shortest = Duration.ofSeconds(20);

        assertThat(Hostility.hostile().listLag().multipliedBy(2)).isLessThanOrEqualTo(shortest);
        assertThat(Hostility.brutal().listLag().multipliedBy(2)).isLessThanOrEqualTo(shortest);
    }

    @Test
    void times_are_scaled_and_shares_are_not() {
        Hostility scaled = Hostility.brutal().scaledBy(0.1);

        assertThat(scaled.listLag()).isEqualTo(Duration.ofSeconds(1));
        assertThat(scaled.slowest()).isEqualTo(Duration.ofMillis(500));
        assertThat(scaled.storms()).isEqualTo(new Hostility.Storms(Duration.ofSeconds(3), Duration.ofSeconds(1), 0.95));
        assertThat(scaled.restarts())
                .isEqualTo(new Hostility.Restarts(Duration.ofSeconds(6), Duration.ofMillis(500), true));
        assertThat(scaled.shares()).isEqualTo(Hostility.brutal().shares());
    }

    @Test
    void what_cannot_be_is_refused() {
        refused(() -> Hostility.calm().with(Mishap.SLOW_ANSWER, 1.1));
        refused(() -> Hostility.calm().with(Mishap.SLOW_ANSWER, -0.1));
        refused(() -> Hostility.calm().with(Mishap.SLOW_ANSWER, Double.NaN));
        refused(() -> Hostility.calm().with(Mishap.SLOW_ANSWER, 0.6).with(Mishap.HALF_ANSWER, 0.6));
        refused(() -> Hostility.calm().with(Mishap.STORM, 0.5));
        refused(() -> Hostility.calm().withListLag(Duration.ofMillis(-1)));
        refused(() -> Hostility.calm().withSlowest(Duration.ofMillis(-1)));
        refused(() -> Hostility.calm().scaledBy(0));
        refused(() -> new Hostility.Storms(Duration.ZERO, Duration.ZERO, 0));
        refused(() -> new Hostility.Storms(Duration.ofSeconds(1), Duration.ofSeconds(2), 1));
        refused(() -> new Hostility.Storms(Duration.ofSeconds(1), Duration.ofSeconds(1), 2));
        refused(() -> new Hostility.Restarts(Duration.ofSeconds(1), Duration.ofSeconds(-1), true));
    }

    @Test
    void it_is_set_from_another_process() {
        try (Sandbox sandbox = SteppedSandbox.builder().start()) {
            Api api = new Api(sandbox);
            HttpResponse<String> answer = api.control(
                    "/sandbox/hostility",
                    "{\"profile\": \"brutal\", \"scale\": 0.1, \"shares\": {\"half-answer\": 0.25},"
                            + " \"listLagMillis\": 700, \"slowestMillis\": 800,"
                            + " \"storms\": {\"everyMillis\": 1000, \"lengthMillis\": 10, \"rate\": 0.5},"
                            + " \"restarts\": {\"everyMillis\": 9000, \"downMillis\": 1}}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(sandbox.hostility())
                    .isEqualTo(Hostility.brutal()
                            .with(Mishap.HALF_ANSWER, 0.25)
                            .withListLag(Duration.ofMillis(700))
                            .withSlowest(Duration.ofMillis(800))
                            .withStorms(new Hostility.Storms(Duration.ofSeconds(1), Duration.ofMillis(10), 0.5))
                            .withRestarts(new Hostility.Restarts(Duration.ofSeconds(9), Duration.ofMillis(1), false)));
            var read = Api.json(api.get("/sandbox/hostility"));
            assertThat(read.at("/shares/half-answer").asDouble()).isEqualTo(0.25);
            assertThat(read.at("/restarts/everyMillis").asLong()).isEqualTo(9_000);
            assertThat(api.control("/sandbox/hostility", "{\"shares\": {\"rain\": 1}}")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_mishap_and_a_restart_are_brought_on_from_another_process() {
        try (Sandbox sandbox = Sandbox.builder().sender(SteppedSandbox.FROM).start()) {
            Api api = new Api(sandbox);
            assertThat(api.control("/sandbox/faults", "{\"mishap\": \"no-sid-after-accept\", \"count\": 1}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(Api.json(api.create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a"))
                            .has("sid"))
                    .isFalse();
            assertThat(api.control("/sandbox/restart", "{\"millis\": 100}").statusCode())
                    .isEqualTo(200);
            Eventually.holds(() -> sandbox.log().entries().stream()
                            .filter(LogEntry.Restart.class::isInstance)
                            .count()
                    == 2);
            assertThat(api.get("/sandbox").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void the_command_line_sets_it() {
        assertThat(SandboxMain.parse(new String[] {"--hostile", "--seed", "3"}).hostility)
                .isEqualTo(Hostility.hostile());
        assertThat(SandboxMain.parse(new String[] {"--hostile=brutal"}).hostility)
                .isEqualTo(Hostility.brutal());
        refused(() -> SandboxMain.parse(new String[] {"--hostile=mean"}));
    }

    @Test
    void the_log_file_keeps_mishaps(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) {
        java.nio.file.Path file = folder.resolve("truth.log");
        try (Sandbox sandbox = SteppedSandbox.builder().logFile(file).start()) {
            sandbox.faults().next(1, Mishap.ERROR_AFTER_ACCEPT);
            sandbox.faults().next(1, Mishap.READ_ERROR);
            Api api = new Api(sandbox);
            api.create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a");
            api.get(api.messages());
            sandbox.restart(Duration.ZERO, true);
            sandbox.advance(Duration.ZERO);

            SandboxLog read = SandboxLog.read(file);
            assertThat(read.entries()).isEqualTo(sandbox.log().entries());
            assertThat(read.acceptedUntold()).hasSize(1);
            assertThat(read.mishaps()).isEqualTo(sandbox.log().mishaps()).hasSize(2);
        }
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOf(IllegalArgumentException.class).hasMessageMatching(".+ .+ .+");
    }
}
