package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SandboxBuilderTest {
    static Stream<Consumer<SandboxBuilder>> mistakes() {
        return Stream.of(
                builder -> builder.port(-1),
                builder -> builder.port(65_536),
                builder -> builder.answerDelay(Duration.ofMillis(-1)),
                builder -> builder.sender("not a sender at all"),
                builder -> builder.sender("+12025550100", 0),
                builder -> builder.sender("+12025550100", Double.NaN),
                builder -> builder.account("AC1", "token"),
                builder -> builder.account("AC" + "0".repeat(32), " "),
                builder -> builder.concurrencyLimit(0),
                builder -> builder.closedRegion("7"),
                builder -> builder.delays(Delays.none().times(-1)),
                builder -> builder.handsets(HandsetProfile.allDelivered().withoutReceipts(2, 1)),
                builder -> builder.delays(
                        new Delays(Duration.ofNanos(-1), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_wrong_setting_is_refused_with_a_sentence(Consumer<SandboxBuilder> mistake) {
        SandboxBuilder builder = Sandbox.builder();

        assertThatThrownBy(() -> mistake.accept(builder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".+ .+ .+");
    }

    @Test
    void wrong_arguments_of_a_running_sandbox_are_refused() {
        try (Sandbox sandbox = SteppedSandbox.builder().start()) {
            Stream.<Consumer<Sandbox>>of(
                            each -> each.handset("me", new HandsetOutcome.Delivered()),
                            each -> each.createService("a", "+12025550177"),
                            each -> each.advancedOptOut("MG1", true),
                            each -> each.inboundWebhook("+12025550177", "http://localhost/"),
                            each -> each.inboundWebhook(SteppedSandbox.FROM, "nowhere"),
                            each -> each.rotateAuthToken(" "),
                            each -> each.accountStatus("rich"),
                            each -> each.balance("much"),
                            each -> each.faults().next(0, new Fault.Throttle()),
                            each -> each.faults().during(Duration.ZERO, Faults.Scope.CREATES, new Fault.Throttle()))
                    .forEach(mistake -> assertThatThrownBy(() -> mistake.accept(sandbox))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageMatching(".+ .+ .+"));
        }
    }

    @Test
    void impossible_faults_and_outcomes_cannot_be_made() {
        assertThatThrownBy(() -> new Fault.Answer(99, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fault.Slow(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HandsetOutcome.Undelivered(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_builder_starts_one_sandbox_and_a_port_holds_one() {
        SandboxBuilder builder = SteppedSandbox.builder();
        try (Sandbox sandbox = builder.start()) {
            assertThatThrownBy(builder::start).isInstanceOf(IllegalStateException.class);
            SandboxBuilder second = SteppedSandbox.builder().port(sandbox.port());
            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("choose a free one");
        }
    }

    @Test
    void it_listens_on_the_loopback_address_only() throws Exception {
        try (Sandbox sandbox = SteppedSandbox.builder().start()) {
            assertThat(sandbox.url()).isEqualTo("http://127.0.0.1:" + sandbox.port());
            for (var device : java.net.NetworkInterface.networkInterfaces().toList()) {
                for (var address : device.inetAddresses().toList()) {
                    if (!address.isLoopbackAddress()) {
                        assertThatThrownBy(() -> {
                                    try (Socket socket = new Socket()) {
                                        socket.connect(new InetSocketAddress(address, sandbox.port()), 1000);
                                    }
                                })
                                .isInstanceOf(java.io.IOException.class);
                    }
                }
            }
        }
    }

    @Test
    void without_senders_the_account_has_one_of_each_kind() {
        try (Sandbox sandbox = Sandbox.start()) {
            assertThat(sandbox.senders().keySet()).containsExactly("+12025550100", "+18335550100", "20255", "TIDINGS");
            assertThat(sandbox.senders().keySet().stream().map(SenderKind::of))
                    .containsExactly(
                            SenderKind.LONG_CODE, SenderKind.TOLL_FREE, SenderKind.SHORT_CODE, SenderKind.ALPHANUMERIC);
            assertThat(SenderKind.of("+447700900100")).isEqualTo(SenderKind.INTERNATIONAL);
        }
    }

    @Test
    void the_default_mix_is_mostly_delivered_and_transient_failures_pass() {
        HandsetProfile mixed = HandsetProfile.mixed(5);
        Map<HandsetOutcome, Long> first = IntStream.range(0, 10_000)
                .mapToObj(i -> mixed.outcome("+1202" + (5_550_000 + i), 1))
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
        Map<HandsetOutcome, Long> fourth = IntStream.range(0, 10_000)
                .mapToObj(i -> mixed.outcome("+1202" + (5_550_000 + i), 4))
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));

        assertThat(first.get(new HandsetOutcome.Delivered())).isBetween(9_300L, 9_600L);
        assertThat(first)
                .containsKeys(
                        new HandsetOutcome.Undelivered(30003),
                        new HandsetOutcome.Undelivered(30005),
                        new HandsetOutcome.Undelivered(30006),
                        new HandsetOutcome.Undelivered(30007),
                        new HandsetOutcome.Undelivered(30008));
        assertThat(fourth)
                .doesNotContainKeys(new HandsetOutcome.Undelivered(30003), new HandsetOutcome.Undelivered(30008));
        assertThat(HandsetProfile.allDelivered().withoutReceipts(1, 1).outcome("+12025550123", 1))
                .isEqualTo(new HandsetOutcome.NoReceipt());
    }
}
