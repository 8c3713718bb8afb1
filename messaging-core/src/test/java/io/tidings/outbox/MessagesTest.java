package io.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.HistoryStore;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.outbox.Messages.Cancellation;
import io.tidings.provider.Outcome;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final OutboxScene scene = new OutboxScene();
    private final Messages messages = scene.messages;

    @Test
    void a_waiting_message_is_cancelled_once() {
        MessageId id = scene.send(OutboxScene.to(100));

        assertThat(messages.cancel(id)).isEqualTo(Cancellation.CANCELED);
        assertThat(messages.cancel(id)).isEqualTo(Cancellation.ENDED);

        MessageView view = messages.find(id).orElseThrow();
        assertThat(view.status()).isEqualTo(MessageStatus.CANCELED);
        assertThat(view.failure()).isNotNull();
        assertThat(view.nextAt()).isNull();
    }

    @Test
    void a_message_between_two_attempts_is_cancelled() {
        MessageId id = scene.send(OutboxScene.to(100));
        scene.answered(id, new Outcome.Unsent("connection refused"));

        assertThat(messages.cancel(id)).isEqualTo(Cancellation.CANCELED);
    }

    @Test
    void once_an_attempt_is_in_the_air_unknown_or_accepted_it_is_too_late() {
        MessageId id = scene.send(OutboxScene.to(100));
        AttemptId attempt = scene.begun(id);
        assertThat(messages.cancel(id)).isEqualTo(Cancellation.TOO_LATE);
        scene.settler.outcome(attempt, new Outcome.Uncertain("answer lost", 0));
        assertThat(messages.cancel(id)).isEqualTo(Cancellation.TOO_LATE);
        scene.report(attempt, AttemptStatus.SENT, 0);
        assertThat(messages.cancel(id)).isEqualTo(Cancellation.TOO_LATE);
        scene.report(attempt, AttemptStatus.DELIVERED, 0);
        assertThat(messages.cancel(id)).isEqualTo(Cancellation.ENDED);
        assertThat(scene.status(id)).isEqualTo(MessageStatus.DELIVERED);
    }

    @Test
    void what_does_not_exist_cannot_be_cancelled() {
        assertThat(messages.cancel(new MessageId(new UUID(1, 1)))).isEqualTo(Cancellation.UNKNOWN);
        assertThat(messages.cancel(TenantId.DEFAULT, "nobody's key")).isEqualTo(Cancellation.UNKNOWN);
        assertThat(messages.cancelTagged(TenantId.DEFAULT, "order", "42")).isEmpty();
    }

    @Test
    void a_message_is_found_and_cancelled_by_its_key() {
        MessageId id = scene.send(OutboxScene.to(100).key("order 42"));
        assertThat(messages.withKey(TenantId.DEFAULT, "order 42"))
                .map(MessageView::id)
                .contains(id);
        assertThat(messages.withKey(new TenantId("other"), "order 42")).isEmpty();

        assertThat(messages.cancel(new TenantId("other"), "order 42")).isEqualTo(Cancellation.UNKNOWN);
        assertThat(messages.cancel(TenantId.DEFAULT, "order 42")).isEqualTo(Cancellation.CANCELED);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.CANCELED);
    }

    @Test
    void all_waiting_messages_with_a_tag_are_cancelled_and_named() {
        MessageId first = scene.send(OutboxScene.to(100).tag("order", "42"));
        MessageId inTheAir = scene.send(OutboxScene.to(101).tag("order", "42"));
        MessageId other = scene.send(OutboxScene.to(102).tag("order", "43"));
        MessageId second = scene.send(OutboxScene.to(103).tag("order", "42"));
        scene.begun(inTheAir);

        assertThat(messages.cancelTagged(TenantId.DEFAULT, "order", "42")).containsExactly(first, second);

        assertThat(scene.status(inTheAir)).isEqualTo(MessageStatus.SENDING);
        assertThat(scene.status(other)).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void counts_tell_every_status_that_has_messages() {
        scene.send(OutboxScene.to(100).at(scene.time.instant().plus(Duration.ofHours(1))));
        scene.send(OutboxScene.to(101));
        scene.begun(scene.send(OutboxScene.to(102)));
        scene.answered(scene.send(OutboxScene.to(103)), new Outcome.Uncertain("answer lost", 0));
        scene.answered(scene.send(OutboxScene.to(104)), OutboxScene.accepted());

        assertThat(messages.counts())
                .isEqualTo(Map.of(
                        MessageStatus.SCHEDULED, 1L,
                        MessageStatus.QUEUED, 1L,
                        MessageStatus.SENDING, 1L,
                        MessageStatus.UNCERTAIN, 1L,
                        MessageStatus.ACCEPTED, 1L));
    }

    @Test
    void the_attempt_to_ask_about_is_the_newest_that_the_provider_knows() {
        MessageId id = scene.send(OutboxScene.to(100));
        assertThat(messages.newestKnownAttempt(id)).isEmpty();
        AttemptId known = scene.answered(id, OutboxScene.accepted());
        scene.report(known, AttemptStatus.UNDELIVERED, 30003);
        scene.answered(id, new Outcome.Throttled(null));

        assertThat(messages.newestKnownAttempt(id))
                .hasValueSatisfying(attempt -> assertThat(attempt.id()).isEqualTo(known));
    }

    @Test
    void a_message_explains_itself_without_its_number_or_text() {
        MessageId id = scene.send(OutboxScene.to(100));
        AttemptId attempt = scene.answered(id, OutboxScene.accepted());
        scene.report(attempt, AttemptStatus.DELIVERED, 0);

        Explanation explanation = messages.explain(id).orElseThrow();

        assertThat(explanation.attempts())
                .singleElement()
                .satisfies(story -> assertThat(story.seen()).hasSize(2));
        assertThat(List.of(explanation.text(), explanation.toString()))
                .allSatisfy(text -> assertThat(text)
                        .contains("DELIVERED")
                        .doesNotContain("2025550100")
                        .doesNotContain("is ready"));
        assertThat(messages.explain(new MessageId(new UUID(1, 1)))).isEmpty();
    }

    /** On a database the queue and the history are counted by two statements, between which messages move on. */
    @Test
    void a_message_that_moves_on_while_messages_are_counted_is_counted_all_the_same() {
        MessageId id = scene.send(OutboxScene.to(100));
        Stores stores = scene.stores;
        Messages counting = new Messages(
                stores.with(
                        beforeCounts(OutboxStore.class, stores.outbox(), () -> messages.cancel(id)),
                        stores.history(),
                        stores.handover(),
                        stores.consent(),
                        stores.inbound()),
                scene.time);

        assertThat(counting.counts()).containsEntry(MessageStatus.CANCELED, 1L);

        MessageId second = scene.send(OutboxScene.to(101));
        Messages late = new Messages(
                stores.withHistory(beforeCounts(HistoryStore.class, stores.history(), () -> messages.cancel(second))),
                scene.time);
        assertThat(late.counts()).containsEntry(MessageStatus.QUEUED, 1L).containsEntry(MessageStatus.CANCELED, 2L);
    }

    /** Something happens just before it counts. */
    private static <T> T beforeCounts(Class<T> type, T store, Runnable happens) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("counts")) {
                        happens.run();
                    }
                    return method.invoke(store, arguments);
                }));
    }
}
