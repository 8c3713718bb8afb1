package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.dispatch.Matching.Assignment;
import io.tidings.dispatch.Matching.Suspect;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Content;
import io.tidings.message.MessageBody;
import io.tidings.message.MessageId;
import io.tidings.provider.ProviderMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MatchingTest {
    private static final Instant START = Instant.parse("2026-06-15T10:00:00Z");
    private final Matching matching = new Matching(Duration.ofSeconds(10), Duration.ofSeconds(30));

    private static Suspect suspect(int number, int second, boolean decided) {
        return new Suspect(attempt(number), START.plusSeconds(second), decided);
    }

    private static AttemptId attempt(int number) {
        return new AttemptId(new MessageId(new UUID(0, number)), 1);
    }

    private static ProviderMessage message(int number, int second) {
        return new ProviderMessage(
                "SM" + number,
                AttemptStatus.SENT,
                0,
                1,
                null,
                null,
                null,
                new MessageBody("x"),
                START.plusSeconds(second));
    }

    @Test
    void messages_go_one_to_one_by_time_and_only_within_the_window() {
        Assignment assignment = matching.assign(
                List.of(suspect(2, 40, false), suspect(1, 0, false)),
                List.of(),
                List.of(message(3, 71), message(2, 35), message(1, 25), message(4, -11)));

        assertThat(assignment.found().get(attempt(1)).sid()).isEqualTo("SM1");
        assertThat(assignment.found().get(attempt(2)).sid()).isEqualTo("SM2");
        assertThat(assignment.found()).hasSize(2);
    }

    @Test
    void what_waits_for_evidence_comes_before_what_was_decided() {
        Assignment assignment =
                matching.assign(List.of(suspect(1, 0, true), suspect(2, 5, false)), List.of(), List.of(message(1, 6)));

        assertThat(assignment.found()).containsOnlyKeys(attempt(2));
    }

    @Test
    void what_may_belong_to_a_request_in_the_air_is_withheld() {
        Assignment assignment = matching.assign(
                List.of(suspect(1, 0, false)), List.of(START.plusSeconds(20)), List.of(message(1, 12), message(2, 2)));

        assertThat(assignment.found().get(attempt(1)).sid()).isEqualTo("SM2");
        assertThat(assignment.withheld()).isEqualTo(1);
    }

    @Test
    void a_clock_that_is_ahead_moves_the_window_and_does_not_widen_it() {
        Matching ahead = matching.ahead(Duration.ofMinutes(10));

        assertThat(found(ahead, 589)).isZero();
        assertThat(found(ahead, 590)).isOne();
        assertThat(found(ahead, 630)).isOne();
        assertThat(found(ahead, 631)).isZero();
        assertThat(found(matching.ahead(Duration.ofMinutes(-10)), -600)).isOne();
    }

    private static int found(Matching window, int second) {
        return window.assign(List.of(suspect(1, 0, false)), List.of(), List.of(message(1, second)))
                .found()
                .size();
    }

    private static ProviderMessage listed(String text, int media) {
        return new ProviderMessage(
                "SM1", AttemptStatus.SENT, 0, 1, null, null, null, new MessageBody(text), START, media);
    }

    @Test
    void media_without_a_text_are_recognised_by_their_number() {
        URI picture = URI.create("https://example.com/a.png");
        NormalForm two = NormalForm.of(new Content.Media(new MessageBody(""), List.of(picture, picture)))
                .orElseThrow();

        assertThat(two.fits(listed("", 2))).isTrue();
        assertThat(two.fits(listed("Sent from your Twilio trial account -", 2))).isTrue();
        assertThat(two.fits(listed("", 1))).isFalse();
        assertThat(two.fits(listed("", 0))).isFalse();
        assertThat(two.fits(listed("Hello", 2))).isFalse();
    }

    @Test
    void a_text_is_recognised_after_what_the_provider_does_to_it() {
        NormalForm form = NormalForm.of(new Content.Text("It’s  ready … now ")).orElseThrow();

        assertThat(form.fits(listed("It's ready ... now", 0))).isTrue();
        assertThat(form.fits(listed("Sent from your Twilio trial account - It's ready ... now", 0)))
                .isTrue();
        assertThat(form.fits(listed("It's ready ... now!", 0))).isFalse();
        assertThat(form.fits(listed("", 0))).isFalse();
    }
}
