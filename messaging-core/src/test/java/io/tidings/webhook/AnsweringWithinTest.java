package io.tidings.webhook;

import static io.tidings.webhook.CallbackScene.ATTEMPT;
import static io.tidings.webhook.CallbackScene.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.StoreUnavailableException;
import io.tidings.provider.ProviderFact;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A store that does not answer: the provider is told to come again long before it gives up. */
class AnsweringWithinTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CallbackScene scene = new CallbackScene();
    private final CountDownLatch away = new CountDownLatch(1);
    private final CountDownLatch stored = new CountDownLatch(1);

    private Webhooks over(StatusSink sink, Duration most) {
        return Webhooks.of(scene.address, () -> List.copyOf(scene.tokens), sink, InstantSource.fixed(CallbackScene.NOW))
                .answeringWithin(most);
    }

    private int report(Webhooks webhooks, String word) {
        return webhooks.handle(scene.signed(scene.target(ATTEMPT), status(word, Map.of())))
                .status();
    }

    @Test
    void a_store_that_hangs_is_answered_503_in_time_and_what_it_keeps_later_counts() throws Exception {
        Webhooks webhooks = over(
                (attempt, fact, raw) -> {
                    pass(away);
                    StatusSink.Kept kept = scene.sink.accept(attempt, fact, raw);
                    stored.countDown();
                    return kept;
                },
                SOON);

        assertThat(report(webhooks, "delivered")).isEqualTo(503);
        assertThat(webhooks.counts().unavailable()).isEqualTo(1);
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();

        away.countDown();
        assertThat(stored.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(scene.sink.state(ATTEMPT).status()).isEqualTo(AttemptStatus.DELIVERED);
    }

    @Test
    void however_many_callbacks_hang_each_is_answered_in_time_and_the_next_is_kept_when_the_store_is_back()
            throws Exception {
        Webhooks webhooks = over(
                (attempt, fact, raw) -> {
                    pass(away);
                    return scene.sink.accept(attempt, fact, raw);
                },
                SOON);
        for (int i = 0; i < 40; i++) {
            assertThat(report(webhooks, "sent")).as("callback %d", i).isEqualTo(503);
        }

        away.countDown();

        long end = System.nanoTime() + LONG.toNanos();
        int answer = 503;
        while (answer == 503 && System.nanoTime() - end < 0) {
            answer = report(webhooks, "delivered");
        }
        assertThat(answer).isEqualTo(204);
        assertThat(scene.sink.state(ATTEMPT).status()).isEqualTo(AttemptStatus.DELIVERED);
    }

    @Test
    void while_the_store_hangs_for_several_the_next_is_answered_without_waiting() throws Exception {
        CountDownLatch begun = new CountDownLatch(9);
        Webhooks webhooks = over(
                (attempt, fact, raw) -> {
                    begun.countDown();
                    pass(away);
                    return StatusSink.Kept.MERGED;
                },
                SOON);

        for (int i = 0; i < 20; i++) {
            assertThat(report(webhooks, "sent")).isEqualTo(503);
        }

        assertThat(begun.getCount()).as("calls of the store that were not made").isEqualTo(1);
        away.countDown();
    }

    @Test
    void a_store_that_answers_is_answered_as_before() {
        Webhooks webhooks = over(scene.sink, LONG);

        assertThat(report(webhooks, "delivered")).isEqualTo(204);
        assertThat(report(
                        over(
                                (attempt, fact, raw) -> {
                                    throw new StoreUnavailableException("the database is away", new Exception());
                                },
                                LONG),
                        "read"))
                .isEqualTo(503);
        assertThat(scene.sink.state(ATTEMPT).status()).isEqualTo(AttemptStatus.DELIVERED);
    }

    @Test
    void callbacks_that_come_together_are_handed_over_as_such() {
        StatusSink alone = new StatusSink() {
            @Override
            public Kept accept(AttemptId attempt, ProviderFact fact, RawCallback raw) {
                throw new IllegalStateException("each in the transaction of its caller, who has none here");
            }

            @Override
            public StatusSink together() {
                return scene.sink;
            }
        };

        assertThat(report(over(alone, LONG), "delivered")).isEqualTo(204);
    }

    @Test
    void a_time_that_is_none_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scene.webhooks.answeringWithin(Duration.ZERO))
                .withMessageContaining("positive");
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
