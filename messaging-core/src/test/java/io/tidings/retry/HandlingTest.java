package io.tidings.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.ErrorKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandlingTest {
    private static final WaitRule MINUTE = new WaitRule.After(Duration.ofMinutes(1));

    @Test
    void a_wait_must_say_until_when() {
        assertThatThrownBy(() -> Handling.of(ErrorKind.WAIT)).hasMessageContaining("WAIT needs a wait");
        assertThat(Handling.waiting(MINUTE).kind()).isEqualTo(ErrorKind.WAIT);
        assertThat(Handling.waiting(MINUTE).leastWait()).isEqualTo(MINUTE);
    }

    @Test
    void a_paused_sender_must_say_for_how_long() {
        Handling retry = Handling.of(ErrorKind.RETRY);
        assertThatThrownBy(() -> retry.withPause(Pause.Scope.SENDER)).hasMessageContaining("SENDER needs a wait");
        assertThat(retry.withLeastWait(MINUTE).withPause(Pause.Scope.SENDER).pause())
                .isEqualTo(Pause.Scope.SENDER);
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void only_what_can_work_later_pauses_an_account(ErrorKind kind) {
        boolean later = switch (kind) {
            case RETRY, RETRY_LATER, WAIT, CONFIGURATION -> true;
            case NOTICE, AMBIGUOUS, OTHER_ROUTE, PERMANENT -> false;
        };
        if (later) {
            assertThat(new Handling(kind, MINUTE, Pause.Scope.ACCOUNT, false, false).isNotTheMessage())
                    .isTrue();
        } else {
            assertThatThrownBy(() -> new Handling(kind, MINUTE, Pause.Scope.ACCOUNT, false, false))
                    .hasMessageContaining("ACCOUNT contradicts kind " + kind);
        }
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void only_a_permanent_error_suppresses_the_recipient(ErrorKind kind) {
        if (kind == ErrorKind.PERMANENT) {
            assertThat(new Handling(kind, MINUTE, Pause.Scope.NONE, true, false).suppressRecipient())
                    .isTrue();
        } else {
            assertThatThrownBy(() -> new Handling(kind, MINUTE, Pause.Scope.NONE, true, false))
                    .hasMessageContaining("contradicts kind " + kind);
        }
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void only_an_error_that_passes_allows_a_resend(ErrorKind kind) {
        boolean passes = kind == ErrorKind.RETRY || kind == ErrorKind.RETRY_LATER || kind == ErrorKind.WAIT;
        Handling plain = new Handling(kind, MINUTE, Pause.Scope.NONE, false, false);
        if (passes) {
            assertThat(plain.withResendUndelivered(true).resendUndelivered()).isTrue();
        } else {
            assertThatThrownBy(() -> plain.withResendUndelivered(true))
                    .hasMessageContaining("contradicts kind " + kind);
        }
    }
}
